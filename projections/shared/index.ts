export * from './existing.js';
