export { promotionWindowSaga } from './promotion-window.js';
