import { EVENTSTOREDB, onRealServer } from '../../test-support/servers/index.js';
import { eventStoreContract, type StoreUnderTest } from '../event-store.contract.js';
import { openEventStoreDb } from './index.js';
import { startTestServer } from './test-server/index.js';

eventStoreContract('EventStoreDB, on a server of our own', onTestServer);

await onRealServer(EVENTSTOREDB, (url) => eventStoreContract('EventStoreDB', () => storeAt(url, async () => {})));

async function onTestServer(): Promise<StoreUnderTest> {
  const server = await startTestServer();
  return storeAt(server.url, () => server.close());
}

async function storeAt(url: string, stop: () => Promise<void>): Promise<StoreUnderTest> {
  const store = await openEventStoreDb({ url, access: 'read-write' });
  const cleanup = async (): Promise<void> => {
    await store.close();
    await stop();
  };
  return { store, cleanup };
}
