export type { AppendFailure, DropReason, Faults, Hold, HoldOptions, LostReply } from './faults.js';
export type { Activity } from './node.js';
export { startTestServer } from './test-server.js';
export type { TestServer, TestServerOptions } from './test-server.js';
