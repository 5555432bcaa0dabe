import { linePart } from '../pricing/index.js';
import { sumMoney, zero } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import { shippedUnits } from './lines.js';
import { isConfirmed } from './state.js';
import type { Order } from './state.js';

/** How far one line has come; what is neither shipped nor cancelled is open. */
export interface LineProgress {
  readonly quantityShipped: number;
  readonly quantityCancelled: number;
}

/** How far the lines have come, by SKU. A line counts as cancelled when that was decided; nothing of it ships any more. */
export function lineProgress(
  state: Order,
): (line: { readonly sku: string; readonly quantity: number }) => LineProgress {
  const shipped = isConfirmed(state) ? shippedUnits(state) : new Map<string, number>();
  const isCancelled = isCancelledFor(state);
  return ({ sku, quantity }) => {
    const quantityShipped = shipped.get(sku) ?? 0;
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
  const { lines, shipping, pricing, currency } = state.order;
  if (!isConfirmed(state) || state.shipments.size === 0) return zero(currency);
  const shipped = shippedUnits(state);
  const parts = lines.map((line) => linePart(line, { after: 0, quantity: shipped.get(line.sku) ?? 0 }, pricing));
  return sumMoney(
    [...parts, shipping].map(({ gross }) => gross),
    currency,
  );
}

const isCancelledFor = (state: Order): boolean =>
  state.status === 'cancelled' || (state.status !== 'rejected' && state.cancellationRequested);
