import { closeClient } from '../../mongodb/index.js';
import type { KeyStore } from '../key-store.js';
import { answer } from './driver-errors.js';
import { openKeyDatabase, type MongoKeyStoreOptions } from './key-database.js';
import { MongoKeyStore } from './mongo-key-store.js';

/**
 * Opens a key store in a MongoDB database that several processes share. A forgotten key is deleted; a client cannot remove copies
 * from the server's journal, its oplog or a backup.
 * @throws KeyStoreUnavailableError the server did not come in time
 * @throws StoreRefusedError the URL, the credentials or the database cannot be used; the message says what to do
 */
export async function openMongoKeyStore(options: MongoKeyStoreOptions): Promise<KeyStore> {
  const { access } = options;
  const { client, persons, hash, records } = await openKeyDatabase(options);
  try {
    const forgotten = await answer(() => records.forgotten());
    return new MongoKeyStore({ client, persons, hash, records, forgotten, access });
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}
