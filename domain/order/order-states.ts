import type { OrderState, OrderStatus } from './state.js';

/** What may follow on what. From partially-shipped, cancelling the open lines ends in shipped, or in delivered. */
export const orderStates: Readonly<Record<OrderState['status'], readonly OrderStatus[]>> = {
  none: ['pending'],
  pending: ['confirmed', 'rejected', 'cancelled'],
  confirmed: ['partially-shipped', 'shipped', 'cancelled'],
  'partially-shipped': ['shipped', 'delivered'],
  shipped: ['delivered'],
  delivered: ['completed'],
  completed: [],
  rejected: [],
  cancelled: [],
};

export const mayBecome = (state: OrderState, status: OrderStatus): boolean =>
  orderStates[state.status].includes(status);
