export { refundSaga } from './refund.js';
