import type { EventStore } from '../../event-store.js';
import type { LogImporter } from '../../log-importer.js';
import { openEventStoreDb, type EventStoreDbOptions } from '../index.js';
import { startTestServer, type TestServer } from '../test-server/index.js';

export type OpenedStore = EventStore & LogImporter;

export interface StoresOnTestServer {
  readonly server: TestServer;
  /** Opens one more store; closed after the test. */
  open(options?: Partial<EventStoreDbOptions>): Promise<OpenedStore>;
}

/** A server of our own for each test of a spec file, and stores on it. */
export function storesOnTestServer(): () => StoresOnTestServer {
  const stores: OpenedStore[] = [];
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(async () => {
    server.faults.clear();
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.close();
  });
  const open = async (options: Partial<EventStoreDbOptions> = {}): Promise<OpenedStore> => {
    const store = await openEventStoreDb({ url: server.url, access: 'read-write', ...options });
    stores.push(store);
    return store;
  };
  return () => ({ server, open });
}
