import type { GiftCardEvent } from '../../domain/gift-card/index.js';
import { giftCardCodeOf, giftCardIdOf } from '../../infra/shared/gift-card-code.js';
import { invalidField, ReadApi, refusalOf, serverSecret } from '../shared/test-support/index.js';

const PATH = '/v1/gift-cards';
const expiresAt = '2028-11-02T10:00:00.000Z';
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** An event of some card; `balance` is what there is after it. */
const happened = (name: string, balance: number, data: object) =>
  ({ type: `gift-card.${name}.v1`, data: { giftCardId: 'some', balance: eur(balance), ...data } }) as GiftCardEvent;
const issued = (amount: number, terms: object = {}) =>
  happened('issued', amount, { amount: eur(amount), seed: 'seed', ...terms });
const order = { orderId: 'a' };
const goodwill = [
  issued(5000, { expiresAt, note: 'goodwill' }),
  happened('held', 3500, { ...order, amount: eur(1500), expiresAt: '2026-11-01T00:15:00.000Z' }),
];
const settled = [
  happened('captured', 3500, { ...order, captureId: 'c', amount: eur(900) }),
  happened('released', 4100, { ...order, amount: eur(600), reason: 'order cancelled' }),
];
const sale = { ...order, refundId: 'r', reclaimId: 'r.1' };
const stolen = [
  issued(700),
  happened('adjusted', 600, { amount: eur(-100), reason: 'counted' }),
  happened('blocked', 600, { blocked: true }),
  happened('reclaimed', 300, { ...sale, amount: eur(300), blocked: true }),
];
const past = [issued(40, { expiresAt }), happened('expired', 0, { amount: eur(40) })];
const codeOf = (seed: string): string => giftCardCodeOf(serverSecret, seed);
const idOf = (seed: string): string => giftCardIdOf(serverSecret, codeOf(seed)) ?? '';

let api: ReadApi;

/** Records what happened to a card, by its seed. */
function record(seed: string, events: readonly GiftCardEvent[], at: string): void {
  const giftCardId = idOf(seed);
  for (const { type, data } of events) {
    api.record(`giftcard-${giftCardId}`, { type, data: { ...data, giftCardId } } as GiftCardEvent, at);
  }
}

const dollars = (event: GiftCardEvent): GiftCardEvent =>
  JSON.parse(JSON.stringify(event).replaceAll('EUR', 'USD')) as GiftCardEvent;

beforeAll(async () => {
  api = await ReadApi.start();
  record('first', goodwill, '2026-11-01T00:00:00.000Z');
  record('first', settled, '2026-11-02T00:00:00.000Z');
  record('second', stolen, '2026-11-03T00:00:00.000Z');
  record('third', past.map(dollars), '2026-11-04T00:00:00.000Z');
  await api.catchUp();
});
afterAll(() => api.close());

describe('a gift card', () => {
  it('is shown to whoever has its code, however it is typed', async () => {
    const code = codeOf('first');
    const shown = { balance: eur(4100), status: 'active', expiresAt };
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('0', 'o')]) {
      const { status, json } = await api.get(`${PATH}/${typed}`);
      expect([status, json]).toEqual([200, shown]);
    }
    expect((await api.get(`${PATH}/${codeOf('second')}`)).json).toEqual({ balance: eur(300), status: 'blocked' });
  });

  it.each(['0000-0000-0000-0000', 'nothing', idOf('first')])('is not there for the code %s', async (code) => {
    expect(refusalOf(await api.get(`${PATH}/${code}`))).toMatchObject({ status: 404, code: 'GIFT_CARD.UNKNOWN' });
  });

  it('is not found by guessing', async () => {
    const limited = await ReadApi.start({ abuseLimits: true });
    const guess = (n: number) => limited.get(`${PATH}/0000-0000-0000-${1000 + n}`);
    for (let n = 0; n < 20; n++) expect((await guess(n)).status).toBe(404);
    expect(refusalOf(await guess(20))).toMatchObject({ status: 429, code: 'REQUEST.TOO_MANY_WRONG_CODES' });
    await limited.close();
  });

  it('is shown to staff with its ledger, now and then', async () => {
    const path = `${PATH}/by-id/${idOf('first')}`;
    const { json, headers } = await api.as('support', path);
    expect(headers.get('etag')).toBe('"3"');
    expect(json).toMatchObject({ giftCardId: idOf('first'), note: 'goodwill', balance: eur(4100), held: eur(0) });
    const entries = json['entries'] as { kind: string; amount: { amount: number }; at: string }[];
    expect(entries.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['issue', 5000],
      ['hold', -1500],
      ['capture', 0],
      ['release', 600],
    ]);
    expect(entries[3]?.at).toBe('2026-11-02T00:00:00.000Z');
    const then = await api.as('admin', `${path}?asOf=2026-11-01T12:00:00Z`);
    expect(then.json).toMatchObject({ balance: eur(3500), held: eur(1500), version: 1 });
  });

  it('is not there for an id that no card has', async () => {
    const answer = await api.as('admin', `${PATH}/by-id/${codeOf('first')}`);
    expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'GIFT_CARD.UNKNOWN' });
  });
});

describe('the list of gift cards', () => {
  const idsOf = async (query: string) => {
    const all = await api.all('support', `${PATH}?limit=100${query}`);
    expect(await api.all('support', `${PATH}?limit=1${query}`)).toEqual(all);
    return all.map(({ giftCardId }) => giftCardId);
  };

  it('shows them all, the newest first, with what is on them', async () => {
    expect(await idsOf('')).toEqual(['third', 'second', 'first'].map(idOf));
    const { items } = await api.as('admin', PATH);
    expect(items[2]).toEqual({
      giftCardId: idOf('first'),
      status: 'active',
      issued: eur(5000),
      balance: eur(4100),
      held: eur(0),
      expiresAt,
      note: 'goodwill',
      issuedAt: '2026-11-01T00:00:00.000Z',
      version: 3,
    });
  });

  it('is narrowed by state and currency', async () => {
    expect(await idsOf('&status=blocked')).toEqual([idOf('second')]);
    expect(await idsOf('&status=expired')).toEqual([idOf('third')]);
    expect(await idsOf('&currency=EUR')).toEqual(['second', 'first'].map(idOf));
    expect(await idsOf('&currency=EUR&status=active')).toEqual([idOf('first')]);
    expect(await idsOf('&currency=USD&status=active')).toEqual([]);
  });

  it.each([
    ['status=spent', 'status'],
    ['currency=7', 'currency'],
    ['cursor=garbage', 'cursor'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await api.as('admin', `${PATH}?${query}`))).toEqual(invalidField(path));
  });

  it('is for staff', async () => {
    for (const path of [PATH, `${PATH}/by-id/x`]) {
      expect((await api.get(path)).status).toBe(401);
      expect((await api.as('analyst', path)).status).toBe(403);
    }
  });
});

describe('the report of what is owed', () => {
  it('has a row for each currency, whose sums are those of the ledgers', async () => {
    const { status, items } = await api.as('analyst', '/v1/reports/gift-cards');
    expect([status, items.length]).toEqual([200, 2]);
    expect(items[0]).toEqual({
      currency: 'EUR',
      cards: 2,
      issued: eur(5700),
      spent: eur(900),
      refunded: eur(0),
      reclaimed: eur(300),
      adjusted: eur(-100),
      expired: eur(0),
      outstanding: eur(4400),
      held: eur(0),
      blocked: eur(300),
    });
    expect(items[1]).toMatchObject({ currency: 'USD', expired: { amount: 40 }, outstanding: { amount: 0 } });
  });

  it('is for analysts and admin', async () => {
    expect((await api.get('/v1/reports/gift-cards')).status).toBe(401);
    expect((await api.as('support', '/v1/reports/gift-cards')).status).toBe(403);
  });
});
