import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect } from 'node:net';
import { pino } from 'pino';
import { StoreUnavailableError } from '../event-store/index.js';
import { problem, Roles, signToken } from './index.js';
import { createHttpApp } from './create-http-app.js';
import { OpsModule } from './ops/ops.module.js';
import { Registry } from 'prom-client';
import { LimitParam, MoneyField, Nested, OptionalText, Text } from './validation/index.js';

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

const registry = new Registry();
const bad = { name: 'bad', check: () => Promise.reject(new Error('at /srv/data')) };
const checks = [{ name: 'good', check: () => Promise.resolve() }];
@Module({ imports: [OpsModule.of({ checks, registry })], controllers: [Things, Names] })
class ThingsModule {}

const auth = { secret: 'a secret for this spec', jwksUrl: null, issuer: null, audience: null };
const lines: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });

const DESCRIPTION = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths: {} };

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  app = await createHttpApp(ThingsModule, {
    config: { auth, serverSecret: Buffer.from('of this spec'), rateLimit: null },
    logger,
    registry,
    document: { json: Buffer.from(JSON.stringify(DESCRIPTION)), yaml: Buffer.from('openapi: 3.1.0\n') },
  });
  await app.listen(0, '127.0.0.1');
  url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});
afterAll(() => app.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

async function ask(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, json: json as Record<string, unknown> };
}
const post = (body: string | Buffer, type = 'application/json'): Promise<Answer> =>
  ask('/v1/things', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'content-type': type } });

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.json).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  for (const member of ['type', 'title', 'detail', 'instance']) expect(typeof answer.json[member]).toBe('string');
}

const deep = 20_000;

describe('a body', () => {
  it.each([
    ['broken JSON', '{"name":', 400],
    ['two documents', '{"name":"a"}{"name":"a"}', 400],
    ['empty', '', 400],
    ['a list', '[{"name":"a"}]', 400],
    ['a string', '"a"', 400],
    ['null', 'null', 400],
    ['20,000 objects deep', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`, 400],
    ['20,000 lists deep', `${'['.repeat(deep)}${']'.repeat(deep)}`, 400],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['reaching for __proto__', '{"__proto__":{"name":"a"}}', 400],
    ['reaching for __proto__ in escapes', '{"name":"a","\\u005f_proto__":{"x":1}}', 400],
    ['reaching for constructor.prototype', '{"name":"a","constructor":{"prototype":{"x":1}}}', 400],
  ])('that is %s is refused', async (_title, body, status) => {
    expectProblem(await post(body), status, 'REQUEST.INVALID');
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])('of %s is 415', async (type) => {
    expectProblem(await post('{"name":"a"}', type), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
  });

  it('over 1 MiB is 413', async () => {
    expectProblem(await post(`{"name":"${'x'.repeat(1_100_000)}"}`), 413, 'REQUEST.TOO_LARGE');
  });

  it('that is absent is refused', async () => {
    expectProblem(await ask('/v1/things', { method: 'POST' }), 400, 'REQUEST.INVALID');
  });

  it('loses members that nobody knows', async () => {
    const { status, json } = await post('{"name":"a","inner":{"word":"w","x":1},"more":{"y":2}}');
    expect([status, json]).toEqual([201, { name: 'a', inner: { word: 'w' } }]);
  });

  it('that fails validation names every field by its path', async () => {
    const answer = await post('{"name":"","price":{"amount":"5","currency":"QQQ"},"inner":{"word":7}}');
    expectProblem(answer, 400, 'REQUEST.INVALID');
    const errors = answer.json['errors'] as readonly { path: string }[];
    expect(errors.map(({ path }) => path).sort()).toEqual(['inner.word', 'name', 'price.amount', 'price.currency']);
  });

  it.each(['[]', '"x"', '42', '{}', '[{"word":"w"}]'])('does not take %s for an object with fields', async (inner) => {
    expectProblem(await post(`{"name":"a","inner":${inner}}`), 400, 'REQUEST.INVALID');
  });
});

describe('an address', () => {
  it.each([
    ['of no route', '/v1/nothing'],
    ['of a prefix', '/v1'],
    ['that cannot be decoded', '/v1/things/one/%ff'],
    ['with a NUL', '/v1/things/one/%00'],
  ])('%s is a 4xx problem', async (_title, path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expectProblem(answer, answer.status, answer.status === 404 ? 'ROUTE.NOT_FOUND' : 'REQUEST.INVALID');
  });

  it('with an endless id is answered by its resource', async () => {
    const name = 'c'.repeat(4000);
    expect((await ask(`/v1/names/${name}`)).json).toEqual({ name });
  });

  it.each([140_000, 250_000])('of %p characters is 414', async (length) => {
    expectProblem(await ask(`/v1/things?q=${'x'.repeat(length)}`), 414, 'REQUEST.URI_TOO_LONG');
  });

  it.each([300_000, 3_000_000])('of %p characters, which nobody reads to its end, is 431', async (length) => {
    expectProblem(await ask(`/v1/things?q=${'x'.repeat(length)}`), 431, 'REQUEST.HEADERS_TOO_LARGE');
  });

  it('with a method that it does not have is 404', async () => {
    expectProblem(
      await ask('/v1/things', { method: 'PUT', body: '{}', headers: { 'content-type': 'application/json' } }),
      404,
      'ROUTE.NOT_FOUND',
    );
  });

  it.each(['abc', '-1', '0', '1.5', '', '101', '1&limit=2'])('with ?limit=%s is refused', async (limit) => {
    expectProblem(await ask(`/v1/things?limit=${limit}`), 400, 'REQUEST.INVALID');
  });

  it('without a limit takes the default', async () => {
    expect((await ask('/v1/things')).json).toEqual({ limit: 20 });
    expect((await ask('/v1/things?limit=7&other=x')).json).toEqual({ limit: 7 });
  });
});

describe('a failure of ours', () => {
  it('tells nothing of its cause, and is logged with the correlation id', async () => {
    const answer = await ask('/v1/things/broken', { headers: { 'x-request-id': 'my-request-1' } });
    expectProblem(answer, 500, 'SERVER.ERROR');
    expect(answer.text).not.toMatch(/SQLITE|srv/);
    expect(answer.headers.get('x-request-id')).toBe('my-request-1');
    expect(lines.some((line) => line.includes('my-request-1') && line.includes('SQLITE_BUSY'))).toBe(true);
  });

  it('to have caught up is a warning without a stack', async () => {
    lines.length = 0;
    expectProblem(await ask('/v1/things/behind'), 503, 'READ_MODEL.BEHIND');
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const warning = { level: 40, route: '/v1/things/behind', readModel: 'carts', lag: 7, msg: 'READ_MODEL.BEHIND' };
    expect(logged).toContainEqual(expect.objectContaining(warning));
    expect(logged.filter(({ level, err }) => Number(level) > 40 || err !== undefined)).toEqual([]);
  });

  it('to reach a store is 503 with Retry-After, of a read as of a write', async () => {
    const answer = await ask('/v1/things/away');
    expectProblem(answer, 503, 'STORE.UNAVAILABLE');
    expect(answer.json['title']).toBe('A store cannot answer at the moment');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.text).not.toMatch(/writ/i);
    expect(answer.text).not.toContain('srv');
  });
});

describe('a guarded route', () => {
  const guarded = (authorization?: string): Promise<Answer> =>
    ask('/v1/things/guarded', { headers: authorization === undefined ? {} : { authorization } });

  it('asks for a credential, refuses another role and lets the right one in', async () => {
    expectProblem(await guarded(), 401, 'AUTH.REQUIRED');
    const token = (role: 'admin' | 'customer') => signToken({ role, sub: 's', ttl: 60 }, auth);
    expectProblem(await guarded(`Bearer ${await token('customer')}`), 403, 'AUTH.FORBIDDEN');
    expect((await guarded(`Bearer ${await token('admin')}`)).status).toBe(200);
  });

  it.each(['Bearer garbage', 'Basic YTpi', 'Bearer', 'Bearer a b'])('takes %s for no credential', async (header) => {
    expectProblem(await guarded(header), 401, 'AUTH.REQUIRED');
  });
});

describe('operations', () => {
  it('are healthy and ready', async () => {
    expect((await ask('/healthz')).json).toEqual({ status: 'alive' });
    expect((await ask('/readyz')).json).toEqual({ status: 'ready', checks: { good: 'ok' } });
    checks.push(bad);
    const answer = await ask('/readyz');
    checks.pop();
    expect([answer.status, answer.json]).toEqual([503, { status: 'not-ready', checks: { good: 'ok', bad: 'Error' } }]);
  });

  it('show the process and count requests by route and status', async () => {
    await ask('/v1/things/one/a');
    const { text } = await ask('/metrics');
    expect(text).toMatch(/^process_cpu_seconds_total \d/m);
    expect(text).toMatch(
      /^cartwright_http_requests_total\{method="GET",route="\/v1\/things\/one\/:id",status="200"\} 1\n/m,
    );
  });

  it('log the route of a request, and nothing of its address or credentials', async () => {
    lines.length = 0;
    const headers = { authorization: 'Bearer verysecret', 'x-request-id': 'logged-1' };
    await ask('/v1/things/one/cart-capability?accessToken=verysecret&email=ada@example.com', { headers });
    const logged = lines.join('');
    expect(logged).toMatch(/"correlationId":"logged-1".*"route":"\/v1\/things\/one\/:id".*"status":200/);
    expect(logged).not.toMatch(/verysecret|ada@|cart-capability/);
  });

  it('answer what is not HTTP with a problem', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.setEncoding('utf8').on('data', resolve);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*REQUEST\.INVALID/);
  });

  it('are described by the document that was given, with a page to browse it', async () => {
    const { json, headers } = await ask('/openapi.json');
    expect(json).toEqual(DESCRIPTION);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await ask('/openapi.yaml')).text).toBe('openapi: 3.1.0\n');
    expect((await ask('/docs')).text).toContain('swagger-ui');
    expect((await ask('/docs/swagger-ui-init.js')).text).toContain('"title": "Things"');
  });
});
