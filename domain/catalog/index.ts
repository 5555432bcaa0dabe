export type * from './commands.js';
export {
  changedProduct,
  NO_CATEGORY,
  productAggregate,
  productDecider,
  tidied,
  variantAggregate,
  variantDecider,
} from './decider.js';
export type { ListedProduct, SoldVariant } from './decider.js';
export type * from './events.js';
export * from './view.js';
