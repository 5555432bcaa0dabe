export * from './report-sums.read-model.js';
