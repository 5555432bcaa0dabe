export type * from './commands.js';
export {
  listedProductsAggregate,
  listedProductsDecider,
  listTerms,
  priceListAggregate,
  priceListDecider,
  PRODUCTS_A_PAGE,
  productsFrom,
} from './decider.js';
export type { PriceListState } from './decider.js';
export type * from './events.js';
export * from './view.js';
