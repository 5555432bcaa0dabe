export * from './recording-consumer.js';
export * from './toxiproxy.js';
export * from './until.js';
