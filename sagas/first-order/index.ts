export { firstOrderSaga } from './first-order.js';
