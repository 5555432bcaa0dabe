import { cartJourneysReadModel } from './cart-journeys/index.js';
import { productsReadModel } from './catalog/index.js';
import { channelsReadModel } from './channel/index.js';
import { couponsReadModel } from './coupon/index.js';
import { giftCardLiabilitiesReadModel } from './gift-card-liabilities/index.js';
import { giftCardsReadModel } from './gift-card/index.js';
import { stockOutsReadModel, stockReadModel } from './inventory/index.js';
import { ordersReadModel } from './order/index.js';
import { orderHistoryReadModel } from './order-history/index.js';
import { promotionsReadModel } from './promotion/index.js';
import { reportSumsReadModel } from './report-sums/index.js';
import type { AnyReadModel } from '../infra/engine/projections/read-model.js';
import { priceListsReadModel } from './price-list/index.js';
import { sagasReadModel } from './saga/index.js';
import { customerOrdersReadModel, salesReadModel } from './sales/index.js';

/** Every read model that is kept; each runs by itself. */
export const readModels: readonly AnyReadModel[] = [
  productsReadModel,
  stockReadModel,
  ordersReadModel,
  orderHistoryReadModel,
  salesReadModel,
  reportSumsReadModel,
  cartJourneysReadModel,
  customerOrdersReadModel,
  stockOutsReadModel,
  channelsReadModel,
  couponsReadModel,
  priceListsReadModel,
  giftCardsReadModel,
  giftCardLiabilitiesReadModel,
  promotionsReadModel,
  sagasReadModel,
];
