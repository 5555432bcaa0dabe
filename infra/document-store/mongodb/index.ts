import { DOCUMENT_STORE, MongoDocumentStore } from '../../mongodb/documents/mongo-document-store.js';
import { openMongoDatabase, type MongoDatabaseOptions } from '../../mongodb/documents/open-database.js';
import type { DocumentStore } from '../document-store.js';

/**
 * Opens the store once the server answers. Later the driver reconnects by itself, and calls fail soon while the server is away.
 * @throws DocumentStoreUnavailableError the server did not come in time
 * @throws StoreRefusedError the URL, the credentials, their rights or the database cannot be used
 */
export const openMongoDocumentStore = async (options: MongoDatabaseOptions): Promise<DocumentStore> =>
  new MongoDocumentStore(await openMongoDatabase(options, DOCUMENT_STORE));
