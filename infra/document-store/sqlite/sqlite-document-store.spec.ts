import { documentStoreContract } from '../document-store.contract.js';
import { openTemporaryDocumentStore } from '../test-support/index.js';

documentStoreContract('SQLite', async () => {
  const { store, open, close } = await openTemporaryDocumentStore();
  return { store, connect: open, dispose: close };
});
