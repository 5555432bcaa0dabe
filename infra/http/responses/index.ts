export * from './cart.responses.js';
export * from './commerce.responses.js';
export * from './order.responses.js';
export * from './payment.responses.js';
export * from './properties.js';
export * from './stock.responses.js';
