import fc from 'fast-check';
import { ReadApi } from '../shared/test-support/index.js';
import {
  anyQuestion,
  anyTime,
  CHANNELS,
  commonKey,
  CURRENCIES,
  expectExplained,
  expectReport,
  record,
  rowsBy,
} from './test-support/questions.js';
import type { Question, Rows, Told } from './test-support/questions.js';

interface Life {
  readonly channel: string | undefined;
  readonly currency: string;
  readonly opened: string;
  /** What is done with the cart before it is checked out or left: SKU, units, price. */
  readonly puts: readonly { readonly sku: string; readonly quantity: number; readonly price: number }[];
  readonly removed: boolean;
  readonly declinedFirst: boolean;
  /** Ships and delivers a second parcel, of which the first one counts. */
  readonly inParts: boolean;
  readonly end: 'left' | 'abandoned' | 'checked out' | 'paid' | 'shipped' | 'delivered';
  readonly pauses: readonly number[];
}

const anyLife: fc.Arbitrary<Life> = fc.record({
  channel: fc.constantFrom(undefined, ...CHANNELS),
  currency: fc.constantFrom(...CURRENCIES),
  opened: anyTime,
  puts: fc.array(
    fc.record({
      sku: fc.constantFrom('tea', 'pot', 'constructor'),
      quantity: fc.integer({ min: 1, max: 9 }),
      price: fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.constant(2 ** 50)),
    }),
    { maxLength: 4 },
  ),
  removed: fc.boolean(),
  declinedFirst: fc.boolean(),
  inParts: fc.boolean(),
  end: fc.constantFrom<Life['end']>('left', 'abandoned', 'checked out', 'paid', 'shipped', 'delivered'),
  pauses: fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 20, maxLength: 20 }),
});

const ENDS = ['checked out', 'paid', 'shipped', 'delivered'];

/** Types of what happens to the order, in parts each parcel's apart. */
const stepsOf = ({ end, inParts }: Life): readonly string[] =>
  ['order.confirmed.v1', 'order.shipment-created.v1', 'order.shipment-delivered.v1']
    .slice(0, ENDS.indexOf(end))
    .flatMap((type) => (inParts && type !== 'order.confirmed.v1' ? [type, type] : [type]));

/** Events of one cart and its orders, each some time after the one before. */
function storyOf(life: Life, index: number): readonly Told[] {
  const cartId = `c-${index}`;
  const told: Told[] = [];
  let at = Date.parse(life.opened);
  const tell = (stream: string, type: string, data: object) => {
    told.push({ stream, event: { type, data }, at: new Date(at).toISOString() });
    at += life.pauses[told.length] ?? 0;
  };
  const { channel, currency } = life;
  const place = channel === undefined ? {} : { channel };
  tell(`cart-${cartId}`, 'cart.opened.v1', { cartId, currency, ...place });
  const lines = new Map<string, object>();
  for (const { sku, quantity, price } of life.puts) {
    const line = { sku, quantity, unitPrice: { amount: price, currency } };
    const type = lines.has(sku) ? 'cart.item-quantity-changed.v1' : 'cart.item-added.v1';
    lines.set(sku, line);
    tell(`cart-${cartId}`, type, { cartId, ...line });
  }
  if (life.removed && lines.delete('pot')) tell(`cart-${cartId}`, 'cart.item-removed.v1', { cartId, sku: 'pot' });
  if (life.end === 'abandoned') tell(`cart-${cartId}`, 'cart.abandoned.v1', { cartId });
  if (lines.size === 0 || !ENDS.includes(life.end)) return told;
  const totals = { total: { amount: 0, currency } };
  const checkOut = (orderId: string) =>
    tell(`cart-${cartId}`, 'cart.checked-out.v1', { cartId, orderId, totals, lines: [...lines.values()] });
  if (life.declinedFirst) {
    checkOut(`o-${index}-1`);
    tell(`cart-${cartId}`, 'cart.reopened.v1', { cartId, orderId: `o-${index}-1`, code: 'PAYMENT.DECLINED' });
  }
  const orderId = `o-${index}`;
  checkOut(orderId);
  for (const type of stepsOf(life)) tell(`order-${orderId}`, type, { orderId, lines: [] });
  return told;
}

const [lives = []] = fc.sample(fc.array(anyLife, { minLength: 120, maxLength: 120 }), { numRuns: 1, seed: 9 });
const stories = lives.map((life, index) => ({ life, events: storyOf(life, index) }));
const TYPES = {
  withItems: 'cart.item-added.v1',
  checkedOut: 'cart.checked-out.v1',
  paid: 'order.confirmed.v1',
  shipped: 'order.shipment-created.v1',
  delivered: 'order.shipment-delivered.v1',
};

function funnel(question: Question): Rows {
  const counted = stories.map(({ life, events }) => {
    const sums: Record<string, number> = { opened: 1 };
    let before = Date.parse(life.opened);
    for (const [step, type] of Object.entries(TYPES)) {
      const first = events.find(({ event }) => event.type === type);
      if (first !== undefined) sums[step] = 1;
    }
    for (const [step, type] of Object.entries(TYPES)) {
      const first = events.find(({ event }) => event.type === type);
      sums[`times.${step}.count`] = first === undefined ? 0 : 1;
      sums[`times.${step}.totalMs`] = first === undefined ? 0 : Date.parse(first.at) - before;
      if (first !== undefined) before = Date.parse(first.at);
    }
    const { channel, currency, opened: at } = life;
    return { at, channel, currency, key: commonKey(question, at, channel) ?? '', sums };
  });
  const times = Object.keys(TYPES).flatMap((step) => [`times.${step}.count`, `times.${step}.totalMs`]);
  const columns = ['opened', ...Object.keys(TYPES), ...times].map((name) => [name, 'count'] as const);
  return rowsBy(counted, question, { currency: 'currency', ...Object.fromEntries(columns) });
}

function abandonment(question: Question): Rows {
  const counted = stories.map(({ life, events }) => {
    const left = new Map<string, bigint>();
    for (const { sku, quantity, price } of life.puts) left.set(sku, BigInt(quantity) * BigInt(price));
    if (life.removed) left.delete('pot');
    const isAbandoned = events.some(({ event }) => event.type === 'cart.abandoned.v1');
    const value = isAbandoned ? [...left.values()].reduce((sum, one) => sum + one, 0n) : 0n;
    const { channel, currency, opened: at } = life;
    const sums = { carts: 1, abandoned: isAbandoned ? 1 : 0, value };
    return { at, channel, currency, key: commonKey(question, at, channel) ?? '', sums };
  });
  return rowsBy(counted, question, { carts: 'count', abandoned: 'count', value: 'money' });
}

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start({ folds: ['cart-journeys'] });
  const log = stories.flatMap(({ events }) => events);
  await record(
    api,
    log.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
  );
});
afterAll(() => api.close());

describe.each([
  ['funnel', funnel],
  ['abandonment', abandonment],
] as const)('the report of the %s', (report, telling) => {
  it('is what its events add up to, whatever is asked', async () => {
    for (const [number, question] of fc
      .sample(anyQuestion(['day', 'week', 'month', 'channel']), { numRuns: 30, seed: 4 })
      .entries()) {
      await expectReport(api, report, question, telling(question));
      if (number < 10) await expectExplained(api, report, question);
    }
  });

  it('is refused by anything else', async () => {
    const { status } = await api.as('analyst', `/v1/reports/${report}?by=sku`);
    expect(status).toBe(400);
  });
});
