export { findParkedKeys, labelOf } from './parked-keys.js';
export { createPolledProgress } from './polled-progress.js';
export { createProgressFeed } from './progress-feed.js';
export { requestRebuild } from './projection-plan.js';
export { createProjectionRunner, type ProjectionRunner } from './projection-runner.js';
export type { ProjectionRunnerOptions } from './runner-options.js';
