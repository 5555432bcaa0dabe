import { allocate } from '../../shared/index.js';
import type { LinePart, PricedLine, SkuQuantity } from '../../shared/index.js';
import { defaultBasis, untaxedLine, untaxedShipping, untaxedTotals } from '../../shared/test-support/index.js';
import type {
  OrderAttentionNeeded,
  OrderCancellationRequested,
  OrderCancelled,
  OrderConfirmed,
  OrderOpened,
  OrderRefundRequested,
  OrderShipmentCreated,
  OrderShipmentDelivered,
  SoldLine,
} from '../events.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });

const vat = (base: number) => ({
  name: 'VAT',
  rate: '0.1',
  included: false,
  base: usd(base),
  amount: usd(base / 10),
});

function line(sku: string, quantity: number, price: number, categories: readonly string[]): PricedLine {
  const net = price * quantity;
  const taxed = { taxes: [vat(net)], gross: usd(net + net / 10) };
  return untaxedLine(sku, { price: usd(price), quantity }, { categories, ...taxed });
}

/** Three TEA at 10.00 and two POT at 25.00, 10 % tax on top of them and 5.00 for shipping: 93.00 USD. */
export const opened: OrderOpened = {
  type: 'order.opened.v1',
  data: {
    orderId: 'o1',
    orderNumber: 'ABCD-EFGH-JK',
    cartId: 'c1',
    reference: 'basket 7',
    customerId: 'ann',
    currency: 'USD',
    lines: [line('TEA', 3, 1_000, ['Drinks', 'Tea']), line('POT', 2, 2_500, [])],
    shipping: untaxedShipping(usd(500)),
    totals: {
      ...untaxedTotals(usd(8_000)),
      shipping: usd(500),
      tax: usd(800),
      net: usd(8_500),
      total: usd(9_300),
    },
    taxes: [vat(8_000)],
    pricing: defaultBasis,
    destination: { country: 'US' },
    paymentId: 'p1',
    personId: 'x',
    personal: {
      email: 'ann@example.com',
      shippingAddress: { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' },
    },
  },
};

const sold = (sku: string, quantity: number, revenue: number, category: string): SoldLine => ({
  lineId: sku,
  sku,
  quantity,
  revenue: usd(revenue),
  category,
});
export const soldTea = (quantity: number): SoldLine => sold('TEA', quantity, quantity * 1_000, 'Tea');
export const soldPots = (quantity: number): SoldLine => sold('POT', quantity, quantity * 2_500, 'uncategorised');

export const confirmed: OrderConfirmed = {
  type: 'order.confirmed.v1',
  data: {
    orderId: 'o1',
    customerId: 'ann',
    customer: 'ann',
    lines: [soldTea(3), soldPots(2)],
    taxed: {
      country: 'US',
      zone: null,
      net: usd(8_500),
      taxes: [{ rate: '0.1', base: usd(8_000), amount: usd(800) }],
    },
  },
};

export const rejected = {
  type: 'order.rejected.v1',
  data: { orderId: 'o1', currency: 'USD', code: 'PAYMENT.DECLINED', detail: 'The card was declined.' },
} as const;

export const completed = { type: 'order.completed.v1', data: { orderId: 'o1' } } as const;

/** `{ TEA: 2 }` as parts of the lines; every unit bears a tenth in tax. */
export const parts = (units: Readonly<Record<string, number>>): readonly LinePart[] =>
  lines(units).map(({ sku, quantity }) => {
    const net = quantity * (sku === 'TEA' ? 1_000 : 2_500);
    return { lineId: sku, sku, quantity, net: usd(net), tax: usd(net / 10), gross: usd(net + net / 10) };
  });

/** `{ TEA: 2 }` as lines of a request. */
export const lines = (units: Readonly<Record<string, number>>): readonly SkuQuantity[] =>
  Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));

export const cancellationRequested = (
  units: Readonly<Record<string, number>>,
  remaining: number,
  isConfirmed = true,
): OrderCancellationRequested => ({
  type: 'order.cancellation-requested.v1',
  data: {
    orderId: 'o1',
    personId: 'x',
    reason: 'changed my mind',
    confirmed: isConfirmed,
    lines: parts(units),
    remaining: usd(remaining),
  },
});

/** Without lines: before it was confirmed, when it is nobody's sale. */
export const cancelled = (wholly: boolean, ...soldLines: readonly SoldLine[]): OrderCancelled => ({
  type: 'order.cancelled.v1',
  data: { orderId: 'o1', lines: soldLines, wholly, ...(soldLines.length === 0 ? {} : { customer: 'ann' }) },
});

/** Of a partly shipped order, which keeps what shipped. */
export const partlyCancelled = (soldLines: readonly SoldLine[], kept: readonly SoldLine[]): OrderCancelled => ({
  type: 'order.cancelled.v1',
  data: { orderId: 'o1', lines: soldLines, wholly: false, kept, customer: 'ann' },
});

export const createdAt = '2026-11-21T12:00:00.000Z';

export const shipped = (
  n: number,
  units: Readonly<Record<string, number>>,
  complete = false,
): OrderShipmentCreated => ({
  type: 'order.shipment-created.v1',
  data: { orderId: 'o1', shipmentId: `o1.${n}`, createdAt, lines: parts(units), complete },
});

export const deliveredAt = '2026-11-22T12:00:00.000Z';

export const delivered = (n: number, complete = false): OrderShipmentDelivered => ({
  type: 'order.shipment-delivered.v1',
  data: { orderId: 'o1', shipmentId: `o1.${n}`, deliveredAt, complete },
});

/** What is paid for the lines and for shipping, with the tax in it. */
const PAID = { TEA: [3_300, 300], POT: [5_500, 500], shipping: [500, 0] } as const;

/** Spread over all of the order, of which these sums had been given back: `{ TEA: 355, POT: 591, shipping: 54 }`. */
export function refundRequested(
  refundId: string,
  amount: number,
  before: Partial<Record<keyof typeof PAID, readonly [gross: number, tax: number]>> = {},
): OrderRefundRequested {
  const left = (['TEA', 'POT', 'shipping'] as const).map((name) => {
    const [[gross, tax], [givenGross, givenTax]] = [PAID[name], before[name] ?? [0, 0]];
    return { name, gross: gross - givenGross, tax: tax - givenTax };
  });
  const given = allocate(
    usd(amount),
    left.map(({ gross }) => gross),
  );
  const parts = left.flatMap(({ name, gross, tax }, index) => {
    const part = given[index]?.amount ?? 0;
    const [own = usd(0)] = part === 0 ? [] : allocate(usd(tax), [part, gross - part]);
    return part === 0 ? [] : [{ name, net: usd(part - own.amount), tax: own, gross: usd(part) }];
  });
  const lines = parts.flatMap(({ name, ...part }) =>
    name === 'shipping' ? [] : [{ lineId: name, sku: name, ...part }],
  );
  const shipping = parts.flatMap(({ name, ...part }) => (name === 'shipping' ? [part] : []))[0];
  return {
    type: 'order.refund-requested.v1',
    data: {
      orderId: 'o1',
      refundId,
      amount: usd(amount),
      lines,
      ...(shipping && { shipping }),
      personId: 'x',
      reason: 'broken',
    },
  };
}

/** The first time has said why. */
export const askedAgain = ({ type, data }: OrderRefundRequested): OrderRefundRequested => ({
  type,
  data: { ...data, reason: null },
});

export const refundFailed = (refundId: string, amount: number) =>
  ({
    type: 'order.refund-failed.v1',
    data: { orderId: 'o1', refundId, amount: usd(amount), code: 'PAYMENT.REFUND_REFUSED' },
  }) as const;

export const refundFlag = (refundId: string): OrderAttentionNeeded => ({
  type: 'order.attention-needed.v1',
  data: {
    orderId: 'o1',
    code: 'PAYMENT.REFUND_FAILED',
    detail:
      'The payment provider refused the refund (PAYMENT.REFUND_REFUSED); ask for it again, or give the money back otherwise.',
    refundId,
  },
});
