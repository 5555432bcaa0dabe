import fc from 'fast-check';
import { invalidField, ReadApi, refusalOf } from '../shared/test-support/index.js';
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

const BY = ['day', 'week', 'month', 'provider', 'channel'];
const SUMS = { authorized: 'money', captured: 'money', refunded: 'money', voided: 'money' } as const;
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

const countedBy = (question: Question, isCounted: (fact: Fact) => boolean, sumsOf: (one: Moved) => Sums) =>
  moves.filter(({ fact }) => isCounted(fact)).map((one) => ({ ...one, key: keyOf(question, one), sums: sumsOf(one) }));

type Sums = Readonly<Record<string, number>>;

const payments = (question: Question): Rows =>
  rowsBy(
    countedBy(
      question,
      (fact) => fact in SUMS,
      ({ fact, amount }) => ({ [fact]: amount }),
    ),
    question,
    SUMS,
  );

const refunds = (question: Question): Rows =>
  rowsBy(
    countedBy(
      question,
      (fact) => fact === 'refunded' || fact === 'given back',
      ({ amount }) => ({ count: 1, amount }),
    ),
    question,
    { count: 'count', amount: 'money' },
  );

const [moves = []] = fc.sample(fc.array(anyMove, { minLength: 300, maxLength: 300 }), { numRuns: 1, seed: 7 });
let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start({ folds: ['report-sums'] });
  await record(api, moves.map(toldOf));
});
afterAll(() => api.close());

describe.each([
  ['payments', payments],
  ['refunds', refunds],
] as const)('the report of %s', (report, telling) => {
  it('is what its events add up to, whatever is asked', async () => {
    for (const [number, question] of fc.sample(anyQuestion(BY), { numRuns: 25, seed: 11 }).entries()) {
      await expectReport(api, report, question, telling(question));
      if (number < 10) await expectExplained(api, report, question);
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
