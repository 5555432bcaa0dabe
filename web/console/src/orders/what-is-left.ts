import type { Money, Schema } from '../../../shared/api/index.js';

type Order = Schema<'Order'>;
export type OpenLine = Schema<'OrderLine'> & { readonly open: number };

/** What can still be given back: what was taken, without what is back or on its way. */
export function leftToRefund({ tenders, refunds, totals }: Pick<Order, 'tenders' | 'refunds' | 'totals'>): Money {
  const taken = tenders.reduce((sum, { captured, refunded }) => sum + captured.amount - refunded.amount, 0);
  const onItsWay = (refunds ?? [])
    .filter(({ status }) => status === 'requested')
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  return { amount: Math.max(0, taken - onItsWay), currency: totals.total.currency };
}

/** The lines with units that neither left nor were cancelled. */
export const openLines = ({ lines }: Pick<Order, 'lines'>): readonly OpenLine[] =>
  lines
    .map((line) => ({ ...line, open: line.quantity - line.quantityShipped - line.quantityCancelled }))
    .filter(({ open }) => open > 0);

/** Whether the order can still take a shipment or a cancellation. */
export const isUnderWay = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'confirmed' || status === 'partially-shipped';
