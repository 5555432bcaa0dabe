export { createCartAbandonment, type CartAbandonment } from './cart-abandonment.js';
