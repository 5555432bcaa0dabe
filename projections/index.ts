import { productsReadModel } from './catalog/index.js';
import { channelsReadModel } from './channel/index.js';
import { couponsReadModel } from './coupon/index.js';
import { giftCardLiabilitiesReadModel } from './gift-card-liabilities/index.js';
import { giftCardsReadModel } from './gift-card/index.js';
import { stockReadModel } from './inventory/index.js';
import { ordersReadModel } from './order/index.js';
import { orderHistoryReadModel } from './order-history/index.js';
import { paymentSumsReadModel } from './payment-sums/index.js';
import { promotionsReadModel } from './promotion/index.js';
import { refundSumsReadModel } from './refund-sums/index.js';
import type { AnyReadModel } from '../infra/engine/projections/read-model.js';
import { priceListsReadModel } from './price-list/index.js';
import { sagasReadModel } from './saga/index.js';
import { salesReadModel } from './sales/index.js';

/** Every read model that is kept; each runs by itself. */
export const readModels: readonly AnyReadModel[] = [
  productsReadModel,
  stockReadModel,
  ordersReadModel,
  orderHistoryReadModel,
  salesReadModel,
  paymentSumsReadModel,
  refundSumsReadModel,
  channelsReadModel,
  couponsReadModel,
  priceListsReadModel,
  giftCardsReadModel,
  giftCardLiabilitiesReadModel,
  promotionsReadModel,
  sagasReadModel,
];
