export { onRealServer } from './real-server.js';
export * from './servers.js';
