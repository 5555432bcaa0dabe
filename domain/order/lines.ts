import { NO_CATEGORY } from '../catalog/index.js';
import { linePart } from '../pricing/index.js';
import { isGiftCard, sumMoney, usesOf, zero } from '../shared/index.js';
import type { LinePart, Money, PricedLine, SkuQuantity } from '../shared/index.js';
import type { OrderConfirmed, SoldLine } from './events.js';
import { isConfirmed } from './state.js';
import type { ConfirmedOrder, Order, PlacedOrder } from './state.js';

/** Sums the lines of each SKU to one line, in the order in which the SKUs first appear. */
export function summed(lines: readonly SkuQuantity[]): readonly SkuQuantity[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return Array.from(quantities, ([sku, quantity]) => ({ sku, quantity }));
}

/** An order has one line a SKU. */
export const lineOf = ({ lines }: PlacedOrder, sku: string): PricedLine | undefined =>
  lines.find((line) => line.sku === sku);

/** Computes the part of a line that its next units make, which leave it by shipment or by cancellation. */
export const nextPart = ({ order, open }: ConfirmedOrder, line: PricedLine, quantity: number): LinePart =>
  linePart(line, { after: line.quantity - (open.get(line.lineId) ?? 0), quantity }, order.pricing);

/** Lists the parts of lines that are still to be shipped, in the order of the order's lines. */
export function openParts(state: ConfirmedOrder): readonly LinePart[] {
  const parts: LinePart[] = [];
  for (const line of state.order.lines) {
    const quantity = state.open.get(line.lineId);
    if (quantity !== undefined) parts.push(nextPart(state, line, quantity));
  }
  return parts;
}

/**
 * Lists what a cancellation takes back: what is still to be shipped, and all gift cards, as none is issued while the order can be
 * cancelled.
 */
export function cancellableParts(state: ConfirmedOrder): readonly LinePart[] {
  const parts = new Map(openParts(state).map((part) => [part.lineId, part]));
  return state.order.lines.flatMap(
    (line) => (isGiftCard(line) ? wholeLine(state, line) : parts.get(line.lineId)) ?? [],
  );
}

const wholeLine = ({ order }: Order, line: PricedLine): LinePart =>
  linePart(line, { after: 0, quantity: line.quantity }, order.pricing);

export const wholeLines = (state: Order): readonly LinePart[] =>
  state.order.lines.map((line) => wholeLine(state, line));

/** Lists the parts of lines that have shipped, shipment by shipment. */
export const shippedParts = ({ shipments }: ConfirmedOrder): readonly LinePart[] =>
  [...shipments.values()].flatMap(({ lines }) => lines);

/**
 * Sums parts of lines to what reports count, one entry a line, in the order of the order's lines. The sale of a gift card is no
 * revenue: what it will buy is.
 */
export function soldLines({ lines }: PlacedOrder, parts: readonly LinePart[]): readonly SoldLine[] {
  const byLine = new Map<string, { quantity: number; net: number }>();
  for (const { lineId, quantity, net } of parts) {
    const before = byLine.get(lineId) ?? { quantity: 0, net: 0 };
    byLine.set(lineId, { quantity: before.quantity + quantity, net: before.net + net.amount });
  }
  const sold: SoldLine[] = [];
  for (const line of lines) {
    const sum = byLine.get(line.lineId);
    if (sum !== undefined) sold.push(soldLine(line, sum));
  }
  return sold;
}

function soldLine(line: PricedLine, { quantity, net }: { readonly quantity: number; readonly net: number }): SoldLine {
  const { lineId, sku, categories } = line;
  const { currency } = line.net;
  const category = categories.at(-1) ?? NO_CATEGORY;
  if (isGiftCard(line)) return { lineId, sku, quantity, revenue: zero(currency), category, kind: 'gift-card' };
  return { lineId, sku, quantity, revenue: { amount: net, currency }, category };
}

/** Whose sales the order counts for, for the events that reports count. */
export const soldIn = ({ orderId, channel }: PlacedOrder): Pick<OrderConfirmed['data'], 'orderId' | 'channel'> =>
  channel === undefined ? { orderId } : { orderId, channel };

/** Who ordered: the account, else the person of the e-mail. */
export const customerOf = ({ customerId, personId }: PlacedOrder): string => customerId ?? personId;

/** What the order has of promotions, for the events that count their uses; empty where it has nothing of them. */
export const discountedFor = ({ discounts = [] }: PlacedOrder): Pick<OrderConfirmed['data'], 'discounted'> =>
  discounts.length === 0 ? {} : { discounted: usesOf(discounts) };

/** What tax is reported of the order. */
export function taxedSale(order: PlacedOrder): NonNullable<OrderConfirmed['data']['taxed']> {
  const { destination, pricing, totals, currency, lines, taxes } = order;
  const byRate = new Map<string, { readonly rate: string; readonly base: Money; readonly amount: Money }>();
  for (const { rate, base, amount } of taxes) {
    const before = byRate.get(rate);
    byRate.set(rate, {
      rate,
      base: sumMoney([base, ...(before === undefined ? [] : [before.base])], currency),
      amount: sumMoney([amount, ...(before === undefined ? [] : [before.amount])], currency),
    });
  }
  const cards = lines.filter(isGiftCard).map(({ net }) => net.amount);
  const net = cards.reduce((rest, amount) => rest - amount, totals.net.amount);
  return { ...destination, zone: pricing.zone, net: { amount: net, currency }, taxes: [...byRate.values()] };
}

/** Units of one line that were shipped and cancelled; the others are open. */
export interface LineProgress {
  readonly quantityShipped: number;
  readonly quantityCancelled: number;
}

/** Counts the shipped and cancelled units of a line; units are cancelled from the decision on, as none of them ships after it. */
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

/** Computes the order's total without cancelled lines: what the buyer pays in the end, before refunds. */
export function currentTotal(state: Order): Money {
  const { totals, currency } = state.order;
  if (state.status === 'rejected') return zero(currency);
  return isCancelledFor(state) ? remainingPrice(state) : totals.total;
}

/** Sums what has shipped, with its tax, and the shipping cost; 0 where nothing has shipped. */
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
