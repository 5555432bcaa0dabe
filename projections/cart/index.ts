export * from './cart-document.js';
export * from './carts.read-model.js';
