export * from './gift-card-liabilities.read-model.js';
