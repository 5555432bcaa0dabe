import type { EventStore } from '../../infra/event-store/index.js';
import { openTemporaryEventStore } from '../../infra/event-store/test-support/index.js';
import type { AccessRole } from '../../infra/http/index.js';
import { openTemporaryDocumentStore } from '../../infra/document-store/test-support/index.js';
import { openKeptOutcomes } from '../shared/kept-outcomes.js';
import { Client } from './client.js';
import type { ShortSaga } from './short-saga.js';
import { WriteSideApp } from './write-side-app.js';
import type { Setup } from './write-side-app.js';

/** The command API over an embedded log of its own, and a client of it. */
export interface Harness {
  readonly client: Client;
  readonly store: EventStore;
  readonly saga: ShortSaga;
  readonly app: WriteSideApp;
  token(role: AccessRole, sub: string): Promise<string>;
  /** Stops the process and starts another over the same log. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `as`: what becomes of the log before the command API gets it. */
export async function startHarness(
  setup: Setup = {},
  as: (store: EventStore) => EventStore = (store) => store,
): Promise<Harness> {
  const { store: log, cleanup } = await openTemporaryEventStore();
  const store = as(log);
  const documents = await openTemporaryDocumentStore();
  const start = async () => WriteSideApp.start(store, await openKeptOutcomes(documents.store, store.logId), setup);
  let app = await start();
  const client = new Client(app);
  return {
    client,
    store,
    get saga() {
      return app.saga;
    },
    get app() {
      return app;
    },
    token: (role, sub) => WriteSideApp.token(role, sub),
    restart: async () => {
      await app.stop();
      app = await start();
      client.moveTo(app);
    },
    stop: async () => {
      await app.stop();
      await documents.close();
      await cleanup();
    },
  };
}
