export { promotionUsesSaga } from './promotion-uses.js';
