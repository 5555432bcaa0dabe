export * from './price-window.js';
