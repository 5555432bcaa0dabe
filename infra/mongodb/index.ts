export { connectMongo, type MongoConnection, type MongoConnectionOptions } from './connect-mongo.js';
export { concernCode, isMongoAway, messageOf, serverCode, writeErrorsOf } from './mongo-errors.js';
