import { expectProblem, expectStatus } from '../test-support/client.js';
import type { Answer, CallOptions, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

const PATH = '/v1/gift-cards';
const eur = (amount: number) => ({ amount, currency: 'EUR' });

let harness: Harness;
let client: Client;
beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

const issue = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  client.post(PATH, body, { as: 'admin', headers });
const changed = (card: Answer, what: string, body?: object, options: CallOptions = { as: 'admin' }) =>
  client.post(`${PATH}/by-id/${String(card.json['giftCardId'])}/${what}`, body, options);

async function recordedText(): Promise<string> {
  let text = '';
  for await (const event of harness.store.readAll()) text += JSON.stringify(event);
  return text;
}

describe('a gift card', () => {
  it('is issued with a code that is shown, and is nowhere in the log', async () => {
    const terms = { expiresAt: '2999-03-01T01:00:00+01:00', note: 'goodwill' };
    const card = expectStatus(await issue({ amount: eur(5000), ...terms }), 201);
    expect(card.json).toMatchObject({
      status: 'active',
      issued: eur(5000),
      balance: eur(5000),
      held: eur(0),
      expiresAt: '2999-03-01T00:00:00.000Z',
      note: 'goodwill',
      version: 0,
    });
    const code = String(card.json['code']);
    expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    expect(card.headers.get('location')).toBe(`${PATH}/by-id/${String(card.json['giftCardId'])}`);
    const log = await recordedText();
    expect(log).toContain(String(card.json['giftCardId']));
    for (const secret of [code, code.replaceAll('-', '')]) expect(log).not.toContain(secret);
  });

  it('is issued once under a key, which shows its code again, also after a restart', async () => {
    const headers = { 'idempotency-key': 'a-key-of-a-gift-card' };
    const first = expectStatus(await issue({ amount: eur(100) }, headers), 201);
    expect(expectStatus(await issue({ amount: eur(100) }, headers), 201).json).toEqual(first.json);
    expectStatus(await changed(first, 'adjustments', { amount: eur(-1), reason: 'count' }), 200);
    await harness.restart();
    expect(expectStatus(await issue({ amount: eur(100) }, headers), 201).json).toEqual(first.json);
    expectProblem(await issue({ amount: eur(101) }, headers), 422, 'REQUEST.IDEMPOTENCY_KEY_REUSED');
  });

  it('is adjusted up and down, never below 0, and at the version that was seen', async () => {
    const card = expectStatus(await issue({ amount: eur(1000) }), 201);
    const adjust = (amount: object, headers: Readonly<Record<string, string>> = {}) =>
      changed(card, 'adjustments', { amount, reason: 'counted' }, { as: 'admin', headers });
    const more = expectStatus(await adjust(eur(500)), 200);
    expect([more.json['balance'], more.headers.get('etag')]).toEqual([eur(1500), '"1"']);
    expect(more.json).not.toHaveProperty('code');
    const key = { 'idempotency-key': 'a-key-of-an-adjustment' };
    for (const again of [1, 2])
      expect([again, (await adjust(eur(-600), key)).json['balance']]).toEqual([again, eur(900)]);
    expectProblem(await adjust(eur(-901)), 409, 'GIFT_CARD.EMPTY');
    expectProblem(await adjust({ amount: 1, currency: 'USD' }), 409, 'GIFT_CARD.WRONG_CURRENCY');
    expectProblem(await adjust(eur(1), { 'if-match': '"0"' }), 412, 'REQUEST.PRECONDITION_FAILED');
  });

  it('is blocked once, with or without a reason', async () => {
    const card = expectStatus(await issue({ amount: eur(1000) }), 201);
    const first = expectStatus(await changed(card, 'block', { reason: 'stolen' }), 200);
    expect(first.json).toMatchObject({ status: 'blocked', balance: eur(1000), version: 1 });
    expect(expectStatus(await changed(card, 'block'), 200).json['version']).toBe(1);
  });

  it('that nobody issued is neither adjusted nor blocked', async () => {
    const none = { json: { giftCardId: 'f'.repeat(32) } } as unknown as Answer;
    expectProblem(await changed(none, 'adjustments', { amount: eur(1), reason: 'r' }), 404, 'GIFT_CARD.UNKNOWN');
    expectProblem(await changed(none, 'block', {}), 404, 'GIFT_CARD.UNKNOWN');
  });

  it('is not issued where it would have expired already', async () => {
    expectProblem(await issue({ amount: eur(1), expiresAt: '2020-01-01T00:00:00Z' }), 409, 'GIFT_CARD.EXPIRED');
  });

  it.each([
    [{}, ['amount']],
    [{ amount: eur(0) }, ['amount.amount']],
    [{ amount: { amount: 1, currency: 'XXX1' }, expiresAt: 'soon', note: 7 }, ['amount.currency', 'expiresAt', 'note']],
  ])('of %j is refused by the names of the fields', async (body, paths) => {
    const answer = expectProblem(await issue(body), 400, 'REQUEST.INVALID');
    expect((answer.json['errors'] as { path: string }[]).map(({ path }) => path).toSorted()).toEqual(paths);
  });

  it('is not adjusted by 0 or without a reason', async () => {
    const card = expectStatus(await issue({ amount: eur(1000) }), 201);
    const answer = expectProblem(await changed(card, 'adjustments', { amount: eur(0) }), 400, 'REQUEST.INVALID');
    expect((answer.json['errors'] as { path: string }[]).map(({ path }) => path).toSorted()).toEqual([
      'amount.amount',
      'reason',
    ]);
  });

  it('is the business of an admin', async () => {
    for (const path of [PATH, `${PATH}/by-id/x/adjustments`, `${PATH}/by-id/x/block`]) {
      expectProblem(await client.post(path, {}, { as: 'support' }), 403, 'AUTH.FORBIDDEN');
      expectProblem(await client.post(path, {}), 401, 'AUTH.REQUIRED');
    }
  });
});
