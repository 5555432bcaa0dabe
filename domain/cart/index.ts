export * from './commands.js';
export * from './events.js';
export { openItem } from './open-item.js';
export { cartAggregate, cartDecider } from './decider.js';
export type { CartState } from './state.js';
export { cartView } from './view.js';
export type { CartView } from './view.js';
