export * from './commerce.js';
export * from './currency.js';
export * from './decider.js';
export * from './json.js';
export * from './money.js';
export * from './personal-data.js';
export * from './upcaster.js';
export * from './uses.js';
