import fc from 'fast-check';
import { ReadApi } from '../shared/test-support/index.js';
import {
  anyQuestion,
  anyTime,
  CHANNELS,
  commonKey,
  CURRENCIES,
  dayIn,
  expectExplained,
  expectReport,
  record,
  rowsBy,
} from './test-support/questions.js';
import type { Counted, Question, Rows, Told } from './test-support/questions.js';

interface Placed {
  readonly customer: string | undefined;
  readonly channel: string | undefined;
  readonly currency: string;
  readonly country: string;
  readonly zone: string | null;
  readonly taxes: readonly { readonly rate: string; readonly base: number; readonly amount: number }[];
  readonly revenue: number;
  readonly at: string;
  readonly cancelled: 'wholly' | 'partly' | undefined;
  readonly cancelledAt: string;
}

const amount = fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.constant(2 ** 52));
const anyOrder: fc.Arbitrary<Placed> = fc.record({
  customer: fc.constantFrom(undefined, 'ann', 'bob', 'cid', 'constructor'),
  channel: fc.constantFrom(undefined, ...CHANNELS),
  currency: fc.constantFrom(...CURRENCIES),
  country: fc.constantFrom('DE', 'US', 'JP'),
  zone: fc.constantFrom(null, 'EU', 'New York, NY'),
  taxes: fc.uniqueArray(fc.record({ rate: fc.constantFrom('0.07', '0.19', '0'), base: amount, amount }), {
    selector: ({ rate }) => rate,
    maxLength: 3,
  }),
  revenue: amount,
  at: anyTime,
  cancelled: fc.constantFrom(undefined, undefined, 'wholly' as const, 'partly' as const),
  cancelledAt: anyTime,
});

interface Happened {
  readonly order: Placed;
  readonly orderId: string;
  readonly at: string;
  readonly what: 'confirmed' | 'cancelled';
}

const [orders = []] = fc.sample(fc.array(anyOrder, { minLength: 150, maxLength: 150 }), { numRuns: 1, seed: 5 });
/** As the log has it: by time, each cancellation after its confirmation. */
const happened: readonly Happened[] = orders
  .flatMap((order, index): readonly Happened[] => {
    const orderId = `o-${index}`;
    const cancelledAt = order.cancelledAt < order.at ? order.at : order.cancelledAt;
    return [
      { order, orderId, at: order.at, what: 'confirmed' },
      ...(order.cancelled === undefined ? [] : [{ order, orderId, at: cancelledAt, what: 'cancelled' as const }]),
    ];
  })
  .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));

function toldOf({ order, orderId, at, what }: Happened): Told {
  const { customer, channel, currency, country, zone, cancelled, revenue } = order;
  const money = (sum: number) => ({ amount: sum, currency });
  const line = { lineId: '1', sku: 'tea', quantity: 1, category: 'tea', revenue: money(revenue) };
  const data = {
    orderId,
    ...(channel === undefined ? {} : { channel }),
    ...(customer === undefined ? {} : { customer }),
    lines: [line],
    ...(what === 'cancelled'
      ? { wholly: cancelled === 'wholly', ...(cancelled === 'partly' ? { kept: [line] } : {}) }
      : {
          taxed: {
            country,
            zone,
            net: money(revenue),
            taxes: order.taxes.map(({ rate, base, amount: tax }) => ({ rate, base: money(base), amount: money(tax) })),
          },
        }),
  };
  return { stream: `order-${orderId}`, event: { type: `order.${what}.v1`, data }, at };
}

function tax(question: Question): Rows {
  const counted = happened.filter(({ what }) => what === 'confirmed').flatMap(({ order }) => taxParts(order, question));
  return rowsBy(counted, question, { orders: 'count', net: 'money', tax: 'money' });
}

function taxParts(order: Placed, question: Question): readonly Counted[] {
  const { at, channel, currency, country, zone, taxes, revenue } = order;
  const place = { at, channel, currency };
  if (question.by === 'rate')
    return taxes.map(({ rate, base, amount: sum }) => ({
      ...place,
      key: rate,
      sums: { orders: 1, net: base, tax: sum },
    }));
  const own = question.by === 'zone' ? (zone ?? 'none') : country;
  const whole = taxes.reduce((sum, one) => sum + BigInt(one.amount), 0n);
  const sums = { orders: 1, net: revenue, tax: whole };
  return [{ ...place, key: commonKey(question, at, channel) ?? own, sums }];
}

function customers(question: Question): Rows {
  const firsts = new Map<string, string>();
  const counted = happened.map(({ order, orderId, at, what }) => {
    const { customer = orderId, channel, currency, cancelled } = order;
    const isNew = what === 'confirmed' && !firsts.has(customer);
    if (isNew) firsts.set(customer, at);
    const cohort = dayIn(question.timeZone, firsts.get(customer) ?? '').slice(0, 7);
    const key = commonKey(question, at, channel) ?? cohort;
    const sums =
      what === 'confirmed'
        ? { new: isNew ? 1 : 0, returning: isNew ? 0 : 1, orders: 1, revenue: order.revenue }
        : { new: 0, returning: 0, orders: cancelled === 'wholly' ? -1 : 0, revenue: -order.revenue };
    return { at, channel, currency, key, sums };
  });
  return rowsBy(counted, question, { new: 'count', returning: 'count', orders: 'count', revenue: 'money' });
}

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start({ folds: ['report-sums', 'customer-orders', 'sales'] });
  await record(api, happened.map(toldOf));
});
afterAll(() => api.close());

describe.each([
  ['tax', ['day', 'week', 'month', 'channel', 'country', 'zone', 'rate'], tax],
  ['customers', ['day', 'week', 'month', 'channel', 'cohort'], customers],
] as const)('the report of %s', (report, by, telling) => {
  it('is what its events add up to, whatever is asked', async () => {
    for (const [number, question] of fc.sample(anyQuestion(by), { numRuns: 30, seed: 3 }).entries()) {
      await expectReport(api, report, question, telling(question));
      if (number < 10) await expectExplained(api, report, question);
    }
  });
});

it('has the orders and the revenue of the report of sales', async () => {
  for (const timeZone of ['UTC', 'Asia/Kathmandu']) {
    const query = `by=day&limit=100&timeZone=${timeZone}`;
    const sold = await api.all('analyst', `/v1/reports/sales?${query}`);
    const ordered = await api.all('analyst', `/v1/reports/customers?${query}`);
    const told = (rows: typeof sold) => rows.map(({ key, orders: count, revenue }) => ({ key, count, revenue }));
    expect(told(ordered)).toEqual(told(sold));
  }
});
