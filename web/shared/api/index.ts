export { createApi } from './client.js';
export type { Money, Schema } from './client.js';
export { ApiProblem, EngineAway, explain, hasStatus } from './problem.js';
