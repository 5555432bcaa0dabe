import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { readModelStoreContract } from '../read-model-store.contract.js';
import { comparesUtf16, newMongoDatabase } from './test-support/mongo-database.js';

await onRealServer(MONGODB, (url) => {
  readModelStoreContract('MongoDB', async () => {
    const database = await newMongoDatabase(url);
    return {
      store: await database.open(),
      connect: () => database.open(),
      comparesUtf16: await comparesUtf16(database.db),
      dispose: () => database.dispose(),
    };
  });
});
