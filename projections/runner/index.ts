export { createPolledProgress } from './polled-progress.js';
export { createProgressFeed } from './progress-feed.js';
export { requestRebuild } from './projection-plan.js';
export { createProjectionRunner } from './projection-runner.js';
