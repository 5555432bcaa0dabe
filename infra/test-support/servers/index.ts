export { mongoUrl } from './mongo-url.js';
export { onRealServer, onRealServers } from './real-server.js';
export * from './servers.js';
export { isMongoHeartbeat, SilentWay } from './silent-way.js';
export { openCuttableWay, type CuttableWay } from './toxiproxy.js';
