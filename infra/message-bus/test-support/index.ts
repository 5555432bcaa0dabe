export * from './recording-consumer.js';
export * from './until.js';
