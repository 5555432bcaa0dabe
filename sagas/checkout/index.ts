export { checkoutSaga } from './checkout.js';
