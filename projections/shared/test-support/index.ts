export * from './decide-all.js';
export * from './event-log.js';
export * from './fold.js';
