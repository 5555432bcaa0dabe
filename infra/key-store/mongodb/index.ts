export { openMongoKeyStore, type MongoKeyStoreOptions } from './open-mongo-key-store.js';
