export { onRealServer, onRealServers } from './real-server.js';
export * from './servers.js';
export { openCuttableWay, type CuttableWay } from './toxiproxy.js';
