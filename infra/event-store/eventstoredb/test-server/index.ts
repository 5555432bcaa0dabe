export { startTestServer } from './test-server.js';
export type { TestServer, TestServerOptions } from './test-server.js';
