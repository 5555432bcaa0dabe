export * from './append-metrics.js';
export * from './commerce-metrics.js';
export * from './log-metrics.js';
export * from './process-metrics.js';
export * from './projection-metrics.js';
export * from './relay-metrics.js';
export * from './saga-metrics.js';
