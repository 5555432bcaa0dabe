export { onRealServer, onRealServers } from './real-server.js';
export * from './servers.js';
