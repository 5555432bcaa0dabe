import type { OrderView } from '../../../domain/order/index.js';
import { isGiftCard } from '../../../domain/shared/index.js';
import { until } from './eventually.js';
import type { Shop } from './shop.js';

/** What was received of each SKU over the shop's life. */
export type Received = ReadonlyMap<string, number>;

const LIVE = new Set<string>(['pending', 'confirmed', 'partially-shipped']);
const SOLD = new Set<string>(['confirmed', 'partially-shipped', 'shipped', 'delivered', 'completed']);

/**
 * Waits until the shop's books are right: every checkout has ended, stock and money agree with the orders, nothing is
 * held without a live order, and the sales report counts exactly what was sold.
 * @throws with every entry that stays wrong
 */
export async function booksBalance(shop: Shop, received: Received, withinSeconds = 40): Promise<void> {
  let wrong: readonly string[] = ['never looked at'];
  await until(
    'the books balance',
    async () => {
      await shop.caughtUp();
      wrong = await audit(shop, received);
      return wrong.length === 0;
    },
    withinSeconds,
  ).catch((error: unknown) => {
    throw new Error(`the books are wrong:\n${wrong.join('\n')}`, { cause: error });
  });
}

async function audit(shop: Shop, received: Received): Promise<string[]> {
  const orders = await shop.orders();
  const wrong = orders.flatMap(orderFaults);
  const numbers = new Set(orders.map(({ orderNumber }) => orderNumber));
  if (numbers.size !== orders.length) wrong.push(`${orders.length} orders have ${numbers.size} numbers`);
  for (const [sku, quantity] of received) wrong.push(...(await stockFaults(shop, orders, { sku, quantity })));
  return [...wrong, ...(await reportFaults(shop, orders))];
}

function orderFaults(order: OrderView): string[] {
  const { orderId, status, payment, tenders, totals, lines } = order;
  const wrong: string[] = [];
  const check = (holds: boolean, rule: string): void => {
    if (!holds) wrong.push(`order ${orderId}: ${rule}: ${JSON.stringify({ status, payment, tenders, totals })}`);
  };
  const sum = lines.reduce((total, { lineTotal }) => total + lineTotal.amount, 0);
  const { subtotal, discount, shipping, tax, total } = totals;
  check(status !== 'pending', 'its checkout has not ended');
  check(subtotal.amount === sum, 'the subtotal is the sum of the lines');
  check(total.amount === sum - discount.amount + shipping.amount + tax.amount, 'the total adds up');
  if (payment === null) {
    check(!SOLD.has(status), 'sold without a payment');
    return wrong;
  }
  const sumOf = (what: 'authorized' | 'captured' | 'refunded'): number =>
    tenders.reduce((all, tender) => all + tender[what].amount, 0);
  for (const { authorized, captured, refunded } of [...tenders, payment]) {
    const falling = authorized.amount >= captured.amount && captured.amount >= refunded.amount && refunded.amount >= 0;
    check(falling, 'authorised ≥ captured ≥ refunded ≥ 0');
  }
  const authorized = sumOf('authorized');
  check(SOLD.has(status) || authorized === 0, 'money is held without a live order');
  check(status !== 'confirmed' || authorized === total.amount, 'confirmed without its money');
  check(SOLD.has(status) || sumOf('captured') === 0, 'money was taken without a confirmed order');
  check(payment.status !== 'requested', 'the payment has no outcome');
  return wrong;
}

interface Delivery {
  readonly sku: string;
  readonly quantity: number;
}

async function stockFaults(shop: Shop, orders: readonly OrderView[], { sku, quantity }: Delivery): Promise<string[]> {
  const { onHand, reserved, available } = await shop.stock(sku);
  let shipped = 0;
  let held = 0;
  for (const order of orders) {
    const ordered = unitsOf(order.lines, sku);
    const left = order.shipments.reduce((sum, { lines }) => sum + unitsOf(lines, sku), 0);
    shipped += left;
    if (LIVE.has(order.status)) held += ordered - left;
  }
  const expected = { onHand: quantity - shipped, reserved: held, available: quantity - shipped - held };
  const agree = onHand === expected.onHand && reserved === held && available === expected.available && available >= 0;
  const seen = JSON.stringify({ onHand, reserved, available });
  return agree ? [] : [`stock of ${sku} is ${seen}, the orders say ${JSON.stringify(expected)}`];
}

const unitsOf = (lines: readonly { readonly sku: string; readonly quantity: number }[], sku: string): number =>
  lines.reduce((units, line) => (line.sku === sku ? units + line.quantity : units), 0);

/** The sale of a gift card is no revenue. */
const goodsOf = (lines: OrderView['lines']): number =>
  lines.reduce((sum, line) => (isGiftCard(line) ? sum : sum + line.lineTotal.amount), 0);

async function reportFaults(shop: Shop, orders: readonly OrderView[]): Promise<string[]> {
  const sold = orders.filter(({ status }) => SOLD.has(status));
  const expected = {
    orders: sold.length,
    units: sold.reduce((sum, { lines }) => sum + lines.reduce((units, { quantity }) => units + quantity, 0), 0),
    revenue: sold.reduce((sum, { totals, lines }) => sum + goodsOf(lines) - totals.discount.amount, 0),
  };
  const days = await shop.report('day');
  const reported = {
    orders: days.reduce((sum, { orders: count }) => sum + count, 0),
    units: days.reduce((sum, { units }) => sum + units, 0),
    revenue: days.reduce((sum, { revenue }) => sum + revenue.amount, 0),
  };
  const agree = JSON.stringify(expected) === JSON.stringify(reported);
  return agree ? [] : [`the report says ${JSON.stringify(reported)}, the orders ${JSON.stringify(expected)}`];
}
