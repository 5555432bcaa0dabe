import { readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { CONFIG, type Config } from '../../../infra/config/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE } from '../../../infra/event-store/index.js';
import type { EventStore } from '../../../infra/event-store/index.js';
import { accessTokenOf, createHttpApp, signToken } from '../../../infra/http/index.js';
import type { AccessRole } from '../../../infra/http/index.js';
import { answerCheckOf } from '../../../infra/http/test-support/app-answer-check.js';
import type { AnswerCheck } from '../../../infra/http/test-support/answer-check.js';
import { READ_MODEL_STORE } from '../../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../../infra/read-model-store/index.js';
import { SEARCH_INDEX } from '../../../infra/search-index/index.js';
import type { SearchIndex } from '../../../infra/search-index/index.js';
import { createProjectionOperations } from '../../../infra/engine/projections/index.js';
import { PROJECTION_OPERATIONS } from '../../../infra/engine/projections/projection-operations.js';
import { PROJECTION_PROGRESS } from '../../../infra/engine/projections/progress.js';
import type { ProjectionProgress } from '../../../infra/engine/projections/progress.js';
import { createSagaStandings, SAGA_STANDINGS, SAGA_TRIES } from '../../../infra/engine/sagas/index.js';
import type { SagaTries } from '../../../infra/engine/sagas/index.js';
import { INVARIANT_SWEEP, InvariantSweep } from '../../invariants/index.js';
import { EVENT_TYPE_DOCUMENTS } from '../../events/index.js';
import type { EventTypeDocuments } from '../../events/index.js';
import { ReadApiModule } from '../../read-api.module.js';

const auth = { secret: 'a secret for this spec', jwksUrl: null, issuer: null, audience: null };
export const serverSecret = Buffer.from('another secret for this spec');

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came: JSON.parse rounds what goes beyond 2^53. */
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly items: readonly Record<string, unknown>[];
}

export interface ReadPorts {
  readonly events: Pick<EventStore, 'logId'>;
  readonly store: ReadModelStore;
  readonly search: SearchIndex;
  readonly progress: ProjectionProgress;
  readonly abuseLimits?: boolean;
  /** Commands of sagas that failed; none where it is left out. */
  readonly tries?: SagaTries;
}

const BUILT = new URL('../../../dist/event-types.json', import.meta.url);
/** What the build wrote. */
const builtEventTypes = async (): Promise<EventTypeDocuments> =>
  JSON.parse(await readFile(BUILT, 'utf8')) as EventTypeDocuments;

async function startReadApp(ports: ReadPorts): Promise<NestFastifyApplication> {
  const events = ports.events as EventStore;
  const module = ReadApiModule.over({
    [CONFIG]: { serverSecret } as Config,
    [EVENT_STORE]: events,
    [SEALED_EVENT_STORE]: events,
    [READ_MODEL_STORE]: ports.store,
    [SEARCH_INDEX]: ports.search,
    [PROJECTION_PROGRESS]: ports.progress,
    [PROJECTION_OPERATIONS]: createProjectionOperations({ storeOf: () => ports.store, patienceMs: 500 }),
    [EVENT_TYPE_DOCUMENTS]: builtEventTypes,
    [SAGA_STANDINGS]: createSagaStandings([], events),
    [SAGA_TRIES]: ports.tries ?? { of: async () => [] },
    [INVARIANT_SWEEP]: new InvariantSweep({
      log: events,
      store: ports.store,
      progress: ports.progress,
      onError: () => undefined,
    }),
  });
  const app = await createHttpApp(module, {
    config: { auth, rateLimit: null, abuseLimits: ports.abuseLimits ?? false },
    idOfSubject: async (subject) => subject,
    logger: pino({ level: 'silent' }),
  });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** The read API over HTTP, and somebody who asks it. */
export class ReadClient {
  /** Holds an answer to the document of the application. */
  private readonly check: AnswerCheck;

  private constructor(
    private readonly app: NestFastifyApplication,
    readonly url: string,
  ) {
    this.check = answerCheckOf(app);
  }

  static async over(ports: ReadPorts): Promise<ReadClient> {
    const app = await startReadApp(ports);
    return new ReadClient(app, (await app.getUrl()).replace('[::1]', '127.0.0.1'));
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.call('GET', path, { headers });
  }

  /** Reads that ask in a body. */
  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const json = { ...headers, 'content-type': 'application/json' };
    return this.call('POST', path, { headers: json, body: JSON.stringify(body) });
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    request: Pick<RequestInit, 'headers' | 'body'>,
  ): Promise<Reply> {
    const response = await fetch(this.url + path, { method, ...request });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    const items = Array.isArray(json['items']) ? (json['items'] as Record<string, unknown>[]) : [];
    this.check({ method, path, status: response.status, headers: response.headers, json });
    return { status: response.status, headers: response.headers, text, json, items };
  }

  /** As somebody with this role. */
  async as(role: AccessRole, path: string, sub = `${role}-1`): Promise<Reply> {
    return this.get(path, await this.bearer(role, sub));
  }

  async bearer(role: AccessRole, sub = `${role}-1`, ttl = 60): Promise<{ readonly authorization: string }> {
    return { authorization: `Bearer ${await signToken({ role, sub, ttl }, auth)}` };
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

  close(): Promise<void> {
    return this.app.close();
  }
}

/** What a refusal says: status, code and the fields that it names. */
export function refusalOf({ status, json }: Reply): object {
  const errors = json['errors'];
  const paths = Array.isArray(errors) ? errors.map((one: { readonly path: string }) => one.path) : [];
  return { status, code: json['code'], paths };
}

export const invalidField = (path: string): object => ({ status: 400, code: 'REQUEST.INVALID', paths: [path] });
