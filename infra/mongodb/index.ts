export { connectMongo, type MongoConnection, type MongoConnectionOptions } from './connect-mongo.js';
export { isIdTaken, isMongoAway, messageOf, placesTaken, serverCode } from './mongo-errors.js';
