import fc from 'fast-check';
import { invalidField, ReadApi, refusalOf } from '../shared/test-support/index.js';
import {
  anyQuestion,
  anyTime,
  CHANNELS,
  commonKey,
  CURRENCIES,
  expectReport,
  isAsked,
  record,
} from './test-support/questions.js';
import type { Question, Rows, Told } from './test-support/questions.js';

const BY = ['day', 'week', 'month', 'provider', 'channel'];
const SUMS = { authorized: 1, captured: 1, refunded: 1, voided: 1 };
type Fact = keyof typeof SUMS | 'declined' | 'given back';

interface Moved {
  readonly fact: Fact;
  readonly provider: string;
  readonly channel: string | undefined;
  readonly currency: string;
  readonly amount: number;
  readonly at: string;
}

const anyMove: fc.Arbitrary<Moved> = fc.record({
  fact: fc.constantFrom<Fact>('authorized', 'captured', 'refunded', 'voided', 'declined', 'given back'),
  provider: fc.constantFrom('sandbox', 'stripe', 'a provider, with "quotes"'),
  channel: fc.constantFrom(undefined, ...CHANNELS),
  currency: fc.constantFrom(...CURRENCIES),
  amount: fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.constant(2 ** 53 - 1)),
  at: anyTime,
});

function toldOf({ fact, provider, channel, currency, amount, at }: Moved, index: number): Told {
  const place = channel === undefined ? {} : { channel };
  const of = { orderId: `o-${index}`, ...place, amount: { amount, currency } };
  if (fact === 'given back') {
    const data = { ...of, giftCardId: 'g', balance: of.amount, refundId: `r-${index}` };
    return { stream: 'giftcard-g', event: { type: 'gift-card.refunded.v1', data }, at };
  }
  const data = { ...of, paymentId: `p-${index}`, provider, reference: null };
  return { stream: `payment-p-${index}`, event: { type: `payment.${fact}.v1`, data }, at };
}

const keyOf = (question: Question, { at, channel, provider, fact }: Moved): string =>
  commonKey(question, at, channel) ?? (fact === 'given back' ? 'gift-card' : provider);

function rowsBy<Row extends object>(moves: readonly Moved[], question: Question, count: (row: Row, one: Moved) => Row) {
  const rows = new Map<string, { key: string; currency: string; row: Row }>();
  for (const one of moves) {
    if (!isAsked(question, one)) continue;
    const key = keyOf(question, one);
    const id = JSON.stringify([key, one.currency]);
    const before = rows.get(id)?.row ?? ({} as Row);
    rows.set(id, { key, currency: one.currency, row: count(before, one) });
  }
  return [...rows.values()];
}

function payments(moves: readonly Moved[], question: Question): Rows {
  const counted = moves.filter(({ fact }) => fact in SUMS);
  return rowsBy<Record<string, bigint>>(counted, question, (row, { fact, amount }) => ({
    ...row,
    [fact]: (row[fact] ?? 0n) + BigInt(amount),
  })).map(({ key, currency, row }) => ({
    key,
    ...Object.fromEntries(
      Object.keys(SUMS).flatMap((sum) => [
        [`${sum}.amount`, String(row[sum] ?? 0n)],
        [`${sum}.currency`, currency],
      ]),
    ),
  }));
}

function refunds(moves: readonly Moved[], question: Question): Rows {
  const counted = moves.filter(({ fact }) => fact === 'refunded' || fact === 'given back');
  return rowsBy<{ count?: number; amount?: bigint }>(counted, question, ({ count = 0, amount = 0n }, one) => ({
    count: count + 1,
    amount: amount + BigInt(one.amount),
  })).map(({ key, currency, row: { count, amount } }) => ({
    key,
    count: String(count),
    'amount.amount': String(amount),
    'amount.currency': currency,
  }));
}

const [moves = []] = fc.sample(fc.array(anyMove, { minLength: 300, maxLength: 300 }), { numRuns: 1, seed: 7 });
let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start({ folds: ['payment-sums', 'refund-sums'] });
  await record(api, moves.map(toldOf));
});
afterAll(() => api.close());

describe.each([
  ['payments', payments],
  ['refunds', refunds],
] as const)('the report of %s', (report, telling) => {
  it('is what its events add up to, whatever is asked', async () => {
    for (const question of fc.sample(anyQuestion(BY), { numRuns: 25, seed: 11 })) {
      await expectReport(api, report, question, telling(moves, question));
    }
  });

  it.each([
    ['', 'by'],
    ['by=moon', 'by'],
    ['by=sku', 'by'],
    ['by=day&from=soon', 'from'],
    ['by=day&from=2026-11-02&to=2026-11-01', 'from'],
    ['by=day&timeZone=Mars/Olympus', 'timeZone'],
    ['by=day&currency=7', 'currency'],
    ['by=day&channel=', 'channel'],
    ['by=day&cursor=garbage', 'cursor'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await api.as('admin', `/v1/reports/${report}?${query}`))).toEqual(invalidField(path));
  });

  it('is for analysts and admin', async () => {
    expect((await api.get(`/v1/reports/${report}?by=day`)).status).toBe(401);
    expect((await api.as('support', `/v1/reports/${report}?by=day`)).status).toBe(403);
  });

  it('is JSON unless CSV is liked better', async () => {
    const bearer = await api.bearer('analyst');
    for (const [accept, type] of [
      ['*/*', 'application/json; charset=utf-8'],
      ['text/csv;q=0.5, application/json', 'application/json; charset=utf-8'],
      ['text/csv, application/json;q=0.5', 'text/csv; charset=utf-8'],
      ['text/csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const { headers } = await api.get(`/v1/reports/${report}?by=day&from=2031-01-01`, { ...bearer, accept });
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('vary')).toMatch(/accept/i);
    }
  });
});
