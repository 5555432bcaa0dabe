import { given } from '../shared/test-support/index.js';
import type { TaxedAmount } from '../shared/index.js';
import type { OrderRefundRequested } from './events.js';
import { orderDecider } from './index.js';
import { confirmed, opened, refundFailed, refundRequested, shipped, usd } from './test-support/an-order.js';
import { refund } from './test-support/commands.js';

// 33.00 for TEA and 55.00 for POT, a tenth of the net in tax, and 5.00 for shipping: 93.00 USD.

const order = given(orderDecider).events(opened, confirmed, shipped(1, { TEA: 3, POT: 2 }, true));
const asked = (
  refundId: string,
  amount: number,
  { shipping, ...lines }: Readonly<Record<string, TaxedAmount>>,
): OrderRefundRequested => ({
  type: 'order.refund-requested.v1',
  data: {
    orderId: 'o1',
    refundId,
    amount: usd(amount),
    lines: Object.entries(lines).map(([sku, part]) => ({ lineId: sku, sku, ...part })),
    ...(shipping && { shipping }),
    personId: 'x',
    reason: 'broken',
  },
});
const amounts = (net: number, tax: number) => ({ net: usd(net), tax: usd(tax), gross: usd(net + tax) });

describe('a refund that names no lines', () => {
  it('is spread over lines and shipping by largest remainder, with the tax that is in each part', () => {
    const parts = { TEA: amounts(323, 32), POT: amounts(537, 54), shipping: amounts(54, 0) };
    order.when(refund('r1', 1_000, 9_300)).then(asked('r1', 1_000, parts));
  });

  it('leaves nothing over at the last', () => {
    const rest = { TEA: amounts(2_677, 268), POT: amounts(4_463, 446), shipping: amounts(446, 0) };
    order
      .events(refundRequested('r1', 1_000))
      .when(refund('r2', undefined, 9_300))
      .then(asked('r2', 8_300, rest));
  });

  it('is of all again where the one before it failed', () => {
    const all = { TEA: amounts(3_000, 300), POT: amounts(5_000, 500), shipping: amounts(500, 0) };
    order
      .events(refundRequested('r1', 9_300), refundFailed('r1', 9_300))
      .when(refund('r2', 9_300, 9_300))
      .then(asked('r2', 9_300, all));
  });

  it('gives back of what has shipped alone', () => {
    const shippedTea = { TEA: amounts(1_000, 100), shipping: amounts(500, 0) };
    given(orderDecider)
      .events(opened, confirmed, shipped(1, { TEA: 1 }))
      .when(refund('r1', undefined, 1_600))
      .then(asked('r1', 1_600, shippedTea));
  });

  it('of more than has shipped is of the whole order: all of it was captured', () => {
    const partly = given(orderDecider).events(opened, confirmed, shipped(1, { TEA: 1 }));
    const parts = { TEA: amounts(516, 52), POT: amounts(861, 86), shipping: amounts(86, 0) };
    partly.when(refund('r1', 1_601, 9_300)).then(asked('r1', 1_601, parts));
  });

  it('of money that was captured beyond all prices is spread as the prices were', () => {
    const rest = { TEA: amounts(248, 0), POT: amounts(414, 0), shipping: amounts(38, 0) };
    order
      .events(refundRequested('r1', 9_300))
      .when(refund('r2', undefined, 10_000))
      .then(asked('r2', 700, rest));
  });

  it('of an order of which nothing has shipped is of the whole order', () => {
    const parts = { TEA: amounts(33, 3), POT: amounts(54, 5), shipping: amounts(5, 0) };
    given(orderDecider)
      .events(opened, confirmed)
      .when(refund('r1', 100, 9_300))
      .then(asked('r1', 100, parts));
  });

  it('of money that was captured beyond all prices is borne by no line that is free, evenly where all are', () => {
    const orderWith = (shippingCost: number, ...free: readonly string[]) => {
      const nothing = { gross: usd(0), net: usd(0) };
      const lines = opened.data.lines.map((line) => (free.includes(line.sku) ? { ...line, ...nothing } : line));
      const shipping = { ...opened.data.shipping, ...amounts(shippingCost, 0) };
      return given(orderDecider).events({ ...opened, data: { ...opened.data, lines, shipping } }, confirmed);
    };
    orderWith(500, 'TEA')
      .events(asked('r1', 6_000, { POT: amounts(5_000, 500), shipping: amounts(500, 0) }))
      .when(refund('r2', undefined, 6_600))
      .then(asked('r2', 600, { POT: amounts(550, 0), shipping: amounts(50, 0) }));
    const each = { TEA: amounts(67, 0), POT: amounts(67, 0), shipping: amounts(66, 0) };
    orderWith(0, 'TEA', 'POT')
      .when(refund('r1', 200, 200))
      .then(asked('r1', 200, each));
  });

  it('says nothing of lines that bear nothing of it', () => {
    order.when(refund('r1', 1, 9_300)).then(asked('r1', 1, { POT: amounts(1, 0) }));
  });
});
