export * from './events.js';
export * from './order-fixture.js';
export * from './read-api.js';
export * from './read-client.js';
export * from './running-read-api.js';
