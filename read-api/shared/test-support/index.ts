export * from './events.js';
export * from './read-api.js';
