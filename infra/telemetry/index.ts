// Without `metrics/`: what only traces does not load the metrics library.
export * from './open-tracer.js';
export * from './traced-subscriptions.js';
export * from './tracer.js';
export type { ObservedSagas } from './metrics/index.js';
