export { connectMongo, type MongoConnection } from './connect-mongo.js';
export { isIdTaken, isMongoAway, messageOf, placesTaken, serverCode } from './mongo-errors.js';
