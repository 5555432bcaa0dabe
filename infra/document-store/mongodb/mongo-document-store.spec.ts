import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { documentStoreContract } from '../document-store.contract.js';
import type { DocumentStore } from '../document-store.js';
import { openMongoDocumentStore } from './index.js';

await onRealServer(MONGODB, (url) => {
  documentStoreContract('MongoDB', async () => {
    const space = `spec-${randomBytes(6).toString('hex')}`;
    const opened: DocumentStore[] = [];
    const connect = async (): Promise<DocumentStore> => {
      const store = await openMongoDocumentStore({ url, access: 'read-write', space });
      opened.push(store);
      return store;
    };
    return {
      store: await connect(),
      connect,
      dispose: async () => {
        for (const store of opened) await store.close();
        const client = await new MongoClient(url).connect();
        await client.db(`cartwright-${space}`).dropDatabase();
        await client.close();
      },
    };
  });
});
