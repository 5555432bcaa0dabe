export { createCartAbandonment, type CartAbandonment, type FindIdleCarts, type IdleCart } from './cart-abandonment.js';
