export * from './carrier.js';
