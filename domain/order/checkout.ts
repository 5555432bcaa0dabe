import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { OpenOrder, RejectOrder } from './commands.js';
import type { OrderEvent } from './events.js';
import { soldLines, wholeLines } from './lines.js';
import { mayBecome } from './order-states.js';
import * as refusal from './refusals.js';
import { wasConfirmed } from './state.js';
import type { Order, OrderState } from './state.js';

// From opening an order to its confirmation or rejection.

type Decided = Decision<OrderEvent>;

export function openOrder({ order }: OpenOrder, state: OrderState): Decided {
  if (state.status === 'none') return accept({ type: 'order.opened.v1', data: order });
  return state.order.cartId === order.cartId ? accept() : refusal.alreadyOpen();
}

export function confirmOrder(state: Order): Decided {
  if (wasConfirmed(state)) return accept();
  if (!mayBecome(state, 'confirmed')) return refusal.notPending(state.status);
  if (state.status === 'pending' && state.cancellationRequested) return refusal.cancellationRequested();
  const lines = soldLines(state.order, wholeLines(state));
  return accept({ type: 'order.confirmed.v1', data: { orderId: state.order.orderId, lines } });
}

/**
 * A checkout that fails after somebody asked to cancel ends as they wished: cancelled, not rejected. Either way nothing
 * is held any more.
 */
export function rejectOrder({ type: _type, ...why }: RejectOrder, state: Order): Decided {
  const { orderId } = state.order;
  if (state.status === 'rejected' || (state.status === 'cancelled' && !state.wasConfirmed)) return accept();
  if (!mayBecome(state, 'rejected')) return refusal.notPending(state.status);
  return state.status === 'pending' && state.cancellationRequested
    ? accept({ type: 'order.cancelled.v1', data: { orderId, lines: [], wholly: true } })
    : accept({ type: 'order.rejected.v1', data: { orderId, ...why } });
}
