export { createCartAbandonment, type CartAbandonment, type FindIdleCarts } from './cart-abandonment.js';
