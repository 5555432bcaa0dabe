export * from './decide-all.js';
export * from './event-log.js';
export * from './fold.js';
export * from './payment-commands.js';
export * from './shown.js';
