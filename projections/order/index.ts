export { codeKey, halvesOf, nameKeys, namesIn, postalKey } from './order-personal.js';
export * from './order-document.js';
export * from './orders.read-model.js';
