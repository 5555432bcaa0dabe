export * from './commands.js';
export * from './events.js';
export { productAggregate, productDecider, productFacts } from './decider.js';
export type { ListedProduct, ProductState } from './decider.js';
export { NO_CATEGORY, tidied } from './tidied-details.js';
export { withDetails } from './with-details.js';
