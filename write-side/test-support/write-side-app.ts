import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { CONFIG, DEFAULT_EDGE, PRICING_POLICY } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { createHttpApp, signToken } from '../../infra/http/index.js';
import type { AccessRole } from '../../infra/http/index.js';
import { KEY_STORE } from '../../infra/key-store/index.js';
import { MemoryKeyStore } from '../../infra/key-store/test-support/memory-key-store.js';
import { PAYMENT_PROVIDERS, paymentProviders } from '../../infra/payment-provider/index.js';
import { createSandboxProvider } from '../../infra/payment-provider/sandbox/sandbox-provider.js';
import { LogWatch } from '../shared/event-watch.js';
import { QueueingExecutor } from '../shared/executor/index.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES } from '../shared/index.js';
import type { KeptOutcomes } from '../shared/kept-outcomes.js';
import { WriteSideModule } from '../write-side.module.js';
import { ShortSaga } from './short-saga.js';

const webhookSecret = `whsec_${Buffer.from('a webhook secret for specs').toString('base64')}`;

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  dataDir: '/nowhere',
  roles: new Set(['write-side']),
  eventStoreUrl: 'sqlite:none',
  readStoreUrl: 'sqlite:none',
  searchUrl: 'sqlite:none',
  searchApiKey: null,
  keyStoreUrl: 'sqlite:none',
  busUrl: 'memory:',
  busRoot: 'cartwright',
  eventWebhook: null,
  auth: { secret: 'a signing secret for specs', jwksUrl: null, issuer: null, audience: null },
  serverSecret: Buffer.from('a server secret for specs'),
  rateLimit: null,
  // A spec is as many clients as it wants, by X-Forwarded-For.
  edge: { ...DEFAULT_EDGE, trustedProxies: ['127.0.0.1'] },
  abuseLimits: false,
  cartAbandonedAfterDays: 0,
  seedDemo: false,
  sandboxDelayMs: 1,
  paymentWebhookSecrets: [webhookSecret],
  carrierWebhookSecrets: [webhookSecret],
  webhookUrl: null,
  logLevel: 'silent',
  pricingFile: null,
  stripe: null,
};

const WATCHED = ['order.opened.v1', 'order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'];

const nothingKept: KeptOutcomes = { find: () => Promise.resolve(undefined), keep: () => Promise.resolve() };

/** What a spec wants otherwise. */
export interface Setup {
  readonly abuseLimits?: boolean;
  /** What becomes of a checkout; `elsewhere`: the spec runs the real sagas. */
  readonly settles?: ShortSaga['settles'] | 'elsewhere';
}

interface Parts {
  readonly saga: ShortSaga | null;
  readonly app: NestFastifyApplication;
  readonly watch: LogWatch;
}

@Module({})
class PortsModule {}
@Module({})
class SpecModule {}

/** The command API over a store, listening on a port of its own; stop it and start another over the same store to restart. */
export class WriteSideApp {
  private constructor(
    readonly url: string,
    private readonly parts: Parts,
  ) {}

  static async start(
    store: EventStore,
    kept = nothingKept,
    { settles = 'confirmed', abuseLimits = false }: Setup = {},
  ): Promise<WriteSideApp> {
    const snapshots = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };
    const executor = new QueueingExecutor({ store, snapshots });
    const saga = settles === 'elsewhere' ? null : new ShortSaga(store, executor, settles);
    const watch = new LogWatch(store, {
      types: WATCHED,
      onEvent: (event) => executor.notice(event),
      onError: (error) => process.emitWarning(String(error)),
    });
    await watch.start();
    const ports = portsOf(store, executor, watch)
      .set(KEPT_OUTCOMES, kept)
      .set(CONFIG, { ...config, abuseLimits });
    const app = await createHttpApp(moduleOver(ports), { config, logger: pino({ level: 'silent' }) });
    await app.listen(0, '127.0.0.1');
    return new WriteSideApp(await app.getUrl(), { saga, app, watch });
  }

  async stop(): Promise<void> {
    await this.parts.app.close();
    await this.parts.saga?.stop();
    await this.parts.watch.close();
  }

  /** The application, to look at its OpenAPI document. */
  get application(): NestFastifyApplication {
    return this.parts.app;
  }

  get saga(): ShortSaga {
    if (this.parts.saga === null) throw new Error('checkouts are settled elsewhere');
    return this.parts.saga;
  }

  static token(role: AccessRole, sub = `${role}-1`): Promise<string> {
    return signToken({ role, sub, ttl: 3600 }, config.auth);
  }

  /** Headers that the sandbox, or a carrier, would send with this notice. */
  static webhookHeaders(id: string, body: string): Record<string, string> {
    const at = new Date();
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(webhookSecret).sign(id, at, body),
    };
  }
}

function portsOf(store: EventStore, executor: QueueingExecutor, watch: LogWatch): Map<symbol, unknown> {
  const provider = createSandboxProvider({
    delayMs: 1,
    webhookSecrets: [webhookSecret],
    deliver: () => Promise.resolve(true),
  });
  return new Map<symbol, unknown>([
    [CONFIG, config],
    [PRICING_POLICY, defaultPricingPolicy],
    [EVENT_STORE, store],
    [KEY_STORE, new MemoryKeyStore()],
    [PAYMENT_PROVIDERS, paymentProviders(provider)],
    [COMMAND_EXECUTOR, executor],
    [EVENT_WATCH, watch],
  ]);
}

function moduleOver(ports: ReadonlyMap<symbol, unknown>): DynamicModule {
  const providers = [...ports].map(([provide, useValue]) => ({ provide, useValue }));
  const global = { module: PortsModule, global: true, providers, exports: [...ports.keys()] };
  return { module: SpecModule, imports: [global, WriteSideModule] };
}
