import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { RequestCancellation } from './commands.js';
import type { OrderCancelled, OrderEvent } from './events.js';
import {
  cancellableParts,
  customerOf,
  discountedFor,
  remainingPrice,
  shippedParts,
  soldIn,
  soldLines,
  wholeLines,
} from './lines.js';
import * as refusal from './refusals.js';
import { isConfirmed, isOfGiftCardsAlone } from './state.js';
import type { ConfirmedOrder, Order, PendingOrder } from './state.js';

// A cancellation cancels the open lines: the whole order before anything has shipped, what is left of it afterwards.

type Decided = Decision<OrderEvent>;

/** Checks whether a cancellation can be requested or is under way. */
const isCancellable = (state: Order): state is PendingOrder | ConfirmedOrder =>
  state.status === 'pending' || state.status === 'confirmed' || state.status === 'partially-shipped';

export function requestCancellation({ reason }: RequestCancellation, state: Order): Decided {
  if (!isCancellable(state)) return refusal.notCancellable(state.status);
  if (state.cancellationRequested) return accept();
  // Their money is taken by now, or about to be.
  if (isConfirmed(state) && isOfGiftCardsAlone(state.order)) return refusal.cardsAreIssued(state.status);
  const { orderId, personId } = state.order;
  const confirmed = isConfirmed(state);
  const lines = confirmed ? cancellableParts(state) : wholeLines(state);
  const data = { orderId, personId, reason, confirmed, lines, remaining: remainingPrice(state) };
  return accept({ type: 'order.cancellation-requested.v1', data });
}

export function cancelOrder(state: Order): Decided {
  if (isCancelled(state)) return accept();
  if (!isCancellable(state) || !state.cancellationRequested) return refusal.cancellationNotRequested();
  if (!isConfirmed(state)) return accept(cancelled({ orderId: state.order.orderId, lines: [], wholly: true }));
  const sold = soldIn(state.order);
  const customer = customerOf(state.order);
  const lines = soldLines(state.order, cancellableParts(state));
  if (state.shipments.size === 0)
    return accept(cancelled({ ...sold, lines, wholly: true, ...discountedFor(state.order), customer }));
  const kept = soldLines(state.order, shippedParts(state));
  return accept(cancelled({ ...sold, lines, wholly: false, kept, customer }));
}

const cancelled = (data: OrderCancelled['data']): OrderCancelled => ({ type: 'order.cancelled.v1', data });

/** Wholly, or its open lines were. */
const isCancelled = (state: Order): boolean =>
  state.status === 'cancelled' || (isConfirmed(state) && state.cancellationRequested && state.open.size === 0);
