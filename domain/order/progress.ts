import { sumMoney, zero } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import { shippedParts } from './lines.js';
import { isConfirmed } from './state.js';
import type { Order } from './state.js';

/** How far one line has come; what is neither shipped nor cancelled is open. */
export interface LineProgress {
  readonly quantityShipped: number;
  readonly quantityCancelled: number;
}

/** How far a line has come. It counts as cancelled when that was decided; nothing of it ships any more. */
export function lineProgress(
  state: Order,
): (line: { readonly lineId: string; readonly quantity: number }) => LineProgress {
  const shipped = new Map<string, number>();
  for (const { lineId, quantity } of isConfirmed(state) ? shippedParts(state) : []) {
    shipped.set(lineId, (shipped.get(lineId) ?? 0) + quantity);
  }
  const isCancelled = isCancelledFor(state);
  return ({ lineId, quantity }) => {
    const quantityShipped = shipped.get(lineId) ?? 0;
    return { quantityShipped, quantityCancelled: isCancelled ? quantity - quantityShipped : 0 };
  };
}

/** What the order costs without the lines that were cancelled: what its buyer pays in the end, before refunds. */
export function currentTotal(state: Order): Money {
  const { totals, currency } = state.order;
  if (state.status === 'rejected') return zero(currency);
  return isCancelledFor(state) ? remainingPrice(state) : totals.total;
}

/** What shipped, with its tax, and the shipping cost; 0 where nothing has. */
export function remainingPrice(state: Order): Money {
  const { shipping, currency } = state.order;
  if (!isConfirmed(state) || state.shipments.size === 0) return zero(currency);
  const parts = shippedParts(state);
  return sumMoney(
    [...parts, shipping].map(({ gross }) => gross),
    currency,
  );
}

const isCancelledFor = (state: Order): boolean =>
  state.status === 'cancelled' || (state.status !== 'rejected' && state.cancellationRequested);
