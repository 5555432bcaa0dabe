export * from './sales.read-model.js';
