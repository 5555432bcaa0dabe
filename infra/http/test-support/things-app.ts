import { Body, Controller, Delete, Get, Module, Param, Post, Query } from '@nestjs/common';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createHttpApp } from '../create-http-app.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import { problem, Roles } from '../index.js';
import { OpsModule } from '../ops/ops.module.js';
import type { ReadinessCheck } from '../ops/readiness.js';
import {
  LimitParam,
  MoneyField,
  Nested,
  OptionalBody,
  OptionalNestedList,
  OptionalText,
  Text,
} from '../validation/index.js';

class Inner {
  @Text()
  readonly word!: string;
}
class Thing {
  @Text({ max: 20 })
  readonly name!: string;
  @MoneyField({ optional: true })
  readonly price?: { amount: number; currency: string };
  @Nested(() => Inner, { optional: true })
  readonly inner?: Inner;
  @OptionalText()
  readonly note?: string;
  @OptionalNestedList(() => Inner, { max: 3 })
  readonly words?: readonly Inner[];
}
@OptionalBody()
class Optional {
  @OptionalText()
  readonly note?: string;
}
class Paging {
  @LimitParam()
  readonly limit: number = 20;
}

@Controller('v1/things')
class Things {
  @Post()
  make(@Body() body: Thing): Thing {
    return body;
  }
  @Post('optional')
  maybe(@Body() body: Optional): Optional {
    return body;
  }
  @Delete('one/:id')
  remove(@Param('id') id: string): object {
    return { id };
  }
  @Get()
  list(@Query() query: Paging): Paging {
    return query;
  }
  @Get('broken')
  broken(): never {
    throw new Error('SQLITE_BUSY at /srv/secret.ts:3');
  }
  @Get('away')
  away(): never {
    throw new StoreUnavailableError('disk /srv/data is full');
  }
  @Get('behind')
  behind(): never {
    throw problem('READ_MODEL.BEHIND', 'Not yet.', { extra: { readModel: 'carts', lag: 7 } });
  }
  @Get('guarded')
  @Roles('admin')
  guarded(): object {
    return {};
  }
  @Get('one/:id')
  one(@Param('id') id: string): object {
    return { id };
  }
}

@Controller('v1/names')
class Names {
  @Get(':name')
  one(@Param('name') name: string): object {
    return { name };
  }
}

export const auth = { secret: 'a secret for this spec', jwksUrl: null, issuer: null, audience: null };

export const DESCRIPTION = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths: {} };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** An app with our HTTP conventions and routes of no business, listening. */
export interface ThingsApp {
  readonly url: string;
  /** Asked at every `/readyz`. */
  readonly checks: ReadinessCheck[];
  /** What was logged. */
  readonly lines: string[];
  ask(path: string, init?: RequestInit): Promise<Answer>;
  /** A body for `POST /v1/things`. */
  post(body: string | Buffer, type?: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function startThings(): Promise<ThingsApp> {
  const registry = new Registry();
  const checks: ReadinessCheck[] = [{ name: 'good', check: () => Promise.resolve() }];
  const lines: string[] = [];

  @Module({ imports: [OpsModule.of({ checks, registry })], controllers: [Things, Names] })
  class ThingsModule {}

  const app = await createHttpApp(ThingsModule, {
    config: { auth, rateLimit: null },
    idOfSubject: async (subject) => subject,
    logger: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    registry,
    document: { json: Buffer.from(JSON.stringify(DESCRIPTION)), yaml: Buffer.from('openapi: 3.1.0\n') },
  });
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => answerOf(await fetch(url + path, init));
  const post = (body: string | Buffer, type = 'application/json'): Promise<Answer> =>
    ask('/v1/things', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'content-type': type } });
  return { url, checks, lines, ask, post, close: () => app.close() };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, json: json as Record<string, unknown> };
}

export function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.json).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  for (const member of ['type', 'title', 'detail', 'instance']) expect(typeof answer.json[member]).toBe('string');
}
