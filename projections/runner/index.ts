export { createPolledProgress, type PolledProgressOptions } from './polled-progress.js';
export { createProgressFeed, type ProgressFeed } from './progress-feed.js';
export { createProjectionRunner, type ProjectionRunner } from './projection-runner.js';
export { requestRebuild } from './projection-plan.js';
export type { RetryOutcome } from './parked-retry.js';
export type { ProjectionRunnerOptions, RunnerLogger } from './runner-options.js';
