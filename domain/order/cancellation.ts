import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { RequestCancellation } from './commands.js';
import type { OrderCancelled, OrderEvent, SoldLine } from './events.js';
import { openLines, shippedUnits, soldLine, takenBack } from './lines.js';
import { remainingPrice } from './progress.js';
import * as refusal from './refusals.js';
import { isConfirmed } from './state.js';
import type { ConfirmedOrder, Order, PendingOrder } from './state.js';

// A cancellation takes the open lines: all of them before anything shipped, the rest of them afterwards.

type Decided = Decision<OrderEvent>;

/** Whether a cancellation can begin or is under way. */
const isCancellable = (state: Order): state is PendingOrder | ConfirmedOrder =>
  state.status === 'pending' || state.status === 'confirmed' || state.status === 'partially-shipped';

export function requestCancellation({ reason }: RequestCancellation, state: Order): Decided {
  if (!isCancellable(state)) return refusal.notCancellable(state.status);
  if (state.cancellationRequested) return accept();
  const { orderId } = state.order;
  const confirmed = isConfirmed(state);
  const lines = confirmed ? openLines(state) : state.order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const data = { orderId, reason, confirmed, lines, remaining: remainingPrice(state) };
  return accept({ type: 'order.cancellation-requested.v1', data });
}

export function cancelOrder(state: Order): Decided {
  if (isCancelled(state)) return accept();
  if (!isCancellable(state) || !state.cancellationRequested) return refusal.cancellationNotRequested();
  const { orderId } = state.order;
  if (!isConfirmed(state)) return accept(cancelled({ orderId, lines: [], wholly: true }));
  const lines = linesOf(state, state.open, takenBack);
  if (state.shipments.size === 0) return accept(cancelled({ orderId, lines, wholly: true }));
  return accept(cancelled({ orderId, lines, wholly: false, kept: linesOf(state, shippedUnits(state), soldLine) }));
}

const cancelled = (data: OrderCancelled['data']): OrderCancelled => ({ type: 'order.cancelled.v1', data });

/** Wholly, or its open lines were. */
const isCancelled = (state: Order): boolean =>
  state.status === 'cancelled' || (isConfirmed(state) && state.cancellationRequested && state.open.size === 0);

/** Those of the order's lines that have units there, as a report takes them. */
function linesOf(
  { order }: ConfirmedOrder,
  units: ReadonlyMap<string, number>,
  report: typeof soldLine,
): readonly SoldLine[] {
  const lines: SoldLine[] = [];
  for (const line of order.lines) {
    const quantity = units.get(line.sku);
    if (quantity !== undefined) lines.push(report(order, line, quantity));
  }
  return lines;
}
