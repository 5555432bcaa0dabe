import type { Aggregate } from '../shared/index.js';
import type { OrderCommand } from './commands.js';
import { orderDecider } from './decider.js';
import type { OrderEvent } from './events.js';
import type { OrderState } from './state.js';

/** `order-{orderId}`. */
export const orderAggregate: Aggregate<OrderState, OrderCommand, OrderEvent> = {
  category: 'order',
  decider: orderDecider,
};
