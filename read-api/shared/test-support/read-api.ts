import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { defaultPricingPolicy } from '../../../domain/pricing/index.js';
import type { PricingPolicy } from '../../../domain/pricing/index.js';
import type { DomainEvent } from '../../../domain/shared/index.js';
import { CONFIG, PRICING_POLICY } from '../../../infra/config/index.js';
import { EVENT_STORE, positionOfNumber } from '../../../infra/event-store/index.js';
import type { Position } from '../../../infra/event-store/index.js';
import { accessTokenOf, createHttpApp, signToken, writeToken } from '../../../infra/http/index.js';
import type { AccessRole } from '../../../infra/http/index.js';
import { READ_STORE } from '../../../infra/read-store/index.js';
import { openTemporaryReadStore } from '../../../infra/read-store/test-support/index.js';
import type { TemporaryReadStore } from '../../../infra/read-store/test-support/index.js';
import { readModels } from '../../../projections/index.js';
import { PROJECTION_PROGRESS } from '../../../projections/progress.js';
import type { ProjectionProgress, ProjectionStatus } from '../../../projections/progress.js';
import { EventLog, fold } from '../../../projections/shared/test-support/index.js';
import { ReadApiModule } from '../../read-api.module.js';

export const LOG_ID = 'log-of-this-spec';
const auth = { secret: 'a secret for this spec', jwksUrl: null, issuer: null, audience: null };
const serverSecret = Buffer.from('another secret for this spec');

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
  readonly items: readonly Record<string, unknown>[];
}

/** Progress that is where the spec says; whoever waits for more has waited long enough at once. */
class ToldProgress implements ProjectionProgress {
  private position = positionOfNumber(0);

  moveTo(position: Position): void {
    this.position = position;
  }

  waitFor(_model: string, position: Position): Promise<boolean> {
    return Promise.resolve(position <= this.position);
  }

  status(): Promise<readonly ProjectionStatus[]> {
    const rest = { version: 1, position: this.position, parked: 0, state: 'live', lag: 7 } as const;
    return Promise.resolve(readModels.map(({ name }) => ({ name, ...rest })));
  }
}

/** The read API over HTTP, with the documents that the recorded events fold to. */
export class ReadApi {
  private readonly log = new EventLog<DomainEvent>();

  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly read: TemporaryReadStore,
    private readonly progress: ToldProgress,
  ) {}

  static async start(pricing: PricingPolicy = defaultPricingPolicy): Promise<ReadApi> {
    const read = await openTemporaryReadStore();
    for (const model of readModels) await read.store.ensure(model);
    const progress = new ToldProgress();
    const ports = [
      { provide: CONFIG, useValue: { serverSecret } },
      { provide: PRICING_POLICY, useValue: pricing },
      { provide: EVENT_STORE, useValue: { logId: LOG_ID } },
      { provide: READ_STORE, useValue: read.store },
      { provide: PROJECTION_PROGRESS, useValue: progress },
    ];
    @Module({})
    class Ports {}
    @Module({
      imports: [
        { module: Ports, global: true, providers: ports, exports: ports.map((port) => port.provide) },
        ReadApiModule,
      ],
    })
    class Root {}
    const app = await createHttpApp(Root, {
      config: { auth, serverSecret, rateLimit: null },
      logger: pino({ level: 'silent' }),
    });
    await app.listen(0, '127.0.0.1');
    return new ReadApi(app, read, progress);
  }

  /** Records an event in the stream of this name; it is read after `catchUp`. */
  record(stream: string, event: DomainEvent, at?: string): this {
    this.log.append(stream, event, at);
    return this;
  }

  async catchUp(): Promise<void> {
    const { events } = this.log;
    const position = events.at(-1)?.position ?? positionOfNumber(0);
    for (const model of readModels) {
      const writes = [...fold(model, events)].map(([id, doc]) => ({ id, position, doc }));
      await this.read.store.commitAll([{ collection: model, writes, guard: 'none' }]);
    }
    this.progress.moveTo(position);
  }

  /** The token of the event with this number, from 1. */
  token(number: number, logId = LOG_ID): string {
    return writeToken(logId, positionOfNumber(number));
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const url = (await this.app.getUrl()).replace('[::1]', '127.0.0.1');
    const response = await fetch(url + path, { headers });
    const json = (await response.json()) as Record<string, unknown>;
    const items = Array.isArray(json['items']) ? (json['items'] as Record<string, unknown>[]) : [];
    return { status: response.status, headers: response.headers, json, items };
  }

  /** As somebody with this role. */
  async as(role: AccessRole, path: string, sub = `${role}-1`): Promise<Reply> {
    const token = await signToken({ role, sub, ttl: 60 }, auth);
    return this.get(path, { authorization: `Bearer ${token}` });
  }

  accessToken(orderId: string): string {
    return accessTokenOf(serverSecret, orderId);
  }

  /** Every item of a list, page by page. */
  async all(role: AccessRole, path: string): Promise<readonly Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let cursor = '';
    for (;;) {
      const { json, items: page } = await this.as(role, `${path}${cursor}`);
      items.push(...page);
      if (typeof json['nextCursor'] !== 'string') return items;
      cursor = `&cursor=${encodeURIComponent(json['nextCursor'])}`;
    }
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.read.close();
  }
}

/** What a refusal says: status, code and the fields that it names. */
export function refusalOf({ status, json }: Reply): unknown {
  const errors = json['errors'];
  const paths = Array.isArray(errors) ? errors.map((one: { readonly path: string }) => one.path) : [];
  return { status, code: json['code'], paths };
}

export const invalidField = (path: string): unknown => ({ status: 400, code: 'REQUEST.INVALID', paths: [path] });
