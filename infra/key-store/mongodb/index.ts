export type { MongoKeyStoreOptions } from './key-database.js';
export { openMongoKeyTransfer } from './mongo-key-transfer.js';
export { openMongoKeyStore } from './open-mongo-key-store.js';
