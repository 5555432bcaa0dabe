export * from './given.js';
export * from './sold.js';
