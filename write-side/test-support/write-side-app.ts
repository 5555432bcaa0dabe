import { sagas } from '../../sagas/index.js';
import { createSagaStandings, SAGA_STANDINGS } from '../../infra/engine/sagas/index.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { CONFIG, DEFAULT_EDGE } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { seeConfig } from '../../infra/config/load-config.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { createHttpApp, signToken } from '../../infra/http/index.js';
import { answerCheckOf } from '../../infra/http/test-support/app-answer-check.js';
import type { AnswerCheck } from '../../infra/http/test-support/answer-check.js';
import type { AccessRole } from '../../infra/http/index.js';
import { KEY_STORE } from '../../infra/key-store/index.js';
import { MemoryKeyStore } from '../../infra/key-store/test-support/memory-key-store.js';
import { PAYMENT_PROVIDERS, paymentProviders } from '../../infra/payment-provider/index.js';
import { createSandboxProvider } from '../../infra/payment-provider/sandbox/sandbox-provider.js';
import { LogWatch } from '../shared/event-watch.js';
import { QueueingExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES } from '../shared/index.js';
import type { KeptOutcomes } from '../shared/kept-outcomes.js';
import { WriteSideModule } from '../write-side.module.js';
import { ShortSaga } from './short-saga.js';

const webhookSecret = `whsec_${Buffer.from('a webhook secret for specs').toString('base64')}`;

const config: Config = {
  // The defaults: a new setting is none of this file's business.
  ...seeConfig({}),
  port: 0,
  dataDir: '/nowhere',
  roles: new Set(['write-side']),
  auth: { secret: 'a signing secret for specs', jwksUrl: null, issuer: null, audience: null },
  serverSecret: Buffer.from('a server secret for specs'),
  // A spec is as many clients as it wants, by X-Forwarded-For.
  edge: { ...DEFAULT_EDGE, trustedProxies: ['127.0.0.1'] },
  seedDemo: false,
  sandboxDelayMs: 1,
  paymentWebhookSecrets: [webhookSecret],
  carrierWebhookSecrets: [webhookSecret],
  logLevel: 'silent',
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

/** The command API over a store, listening on a port of its own; stop it and start another over the same store to restart. */
export class WriteSideApp {
  /** Holds an answer to the document of the application. */
  readonly check: AnswerCheck;

  private constructor(
    readonly url: string,
    private readonly parts: Parts,
  ) {
    this.check = answerCheckOf(parts.app);
  }

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
    const module = WriteSideModule.over({
      [CONFIG]: { ...config, abuseLimits },
      [EVENT_STORE]: store,
      [KEY_STORE]: new MemoryKeyStore(),
      [PAYMENT_PROVIDERS]: paymentProviders(sandbox()),
      [COMMAND_EXECUTOR]: executor,
      [EVENT_WATCH]: watch,
      [KEPT_OUTCOMES]: kept,
      [SAGA_STANDINGS]: createSagaStandings(sagas, store),
    });
    const app = await createHttpApp(module, {
      config: { ...config, abuseLimits },
      logger: pino({ level: 'silent' }),
      idOfSubject: async (subject) => subject,
    });
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

const sandbox = () =>
  createSandboxProvider({
    delayMs: 1,
    webhookSecrets: [webhookSecret],
    deliver: () => Promise.resolve(true),
  });
