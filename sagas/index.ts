import { authorizationSaga } from './authorization/index.js';
import { checkoutSaga } from './checkout/index.js';
import { disputeSaga } from './dispute/index.js';
import { firstOrderSaga } from './first-order/index.js';
import { fulfilmentSaga } from './fulfilment/index.js';
import { giftCardExpirySaga } from './gift-card-expiry/index.js';
import { priceListSaga } from './price-list/index.js';
import { priceWindowSaga } from './price-window/index.js';
import { promotionWindowSaga } from './promotion-window/index.js';
import { promotionUsesSaga } from './promotion-uses/index.js';
import { refundSaga } from './refund/index.js';
import type { AnySaga } from '../infra/engine/sagas/index.js';

export * from './cart-abandonment/index.js';
export { createDispatcher } from './dispatcher.js';

/** Every saga of the shop. */
export const sagas: readonly AnySaga[] = [
  checkoutSaga,
  authorizationSaga,
  fulfilmentSaga,
  refundSaga,
  disputeSaga,
  promotionUsesSaga,
  firstOrderSaga,
  giftCardExpirySaga,
  priceWindowSaga,
  promotionWindowSaga,
  priceListSaga,
];
