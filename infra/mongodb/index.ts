export { connectMongo, type MongoConnection } from './connect-mongo.js';
export { closeClient } from './mongo-client.js';
export { isIdTaken, isMongoAway, messageOf, placesTaken, serverCode } from './mongo-errors.js';
