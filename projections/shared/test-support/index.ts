export * from './event-log.js';
export * from './fold.js';
