import { paymentIdOf } from '../effects/aggregate-targets.js';
import { begins, Driven, event, idOf, no, YES } from '../test-support/drive.js';
import { Shop } from '../test-support/shop.js';
import { authorizationSaga, type AuthorizationState } from './authorization.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const ids = { orderId: ORDER, paymentId: paymentIdOf(ORDER) };
const money = { amount: 500, currency: 'USD' };
const DAY = 24 * 3_600_000;
const after = (milliseconds: number): string =>
  new Date(Date.parse('2026-11-02T10:00:00.000Z') + milliseconds).toISOString();

const held = (milliseconds: number) =>
  new Driven<AuthorizationState>(authorizationSaga).happens(
    event('payment.authorized.v1', { ...ids, expiresAt: after(milliseconds) }),
  );
const captured = event('payment.captured.v1', ids);
const voided = event('payment.voided.v1', { ...ids, amount: money, requested: true });
const lapsed = event('payment.voided.v1', { ...ids, amount: money, requested: false });
const cancelled = (wholly: boolean) => event('order.cancelled.v1', { orderId: ORDER, wholly });

describe('the watch over an authorisation', () => {
  it.each([
    ['a day before it ends', 7 * DAY, 6 * DAY],
    ['a day before it ends', 30 * DAY, 29 * DAY],
    ['in the last seventh of a short one', 7 * 60_000, 6 * 60_000],
    ['at once of one that has ended', -DAY, -DAY],
  ])('flags the order %s', (_when, lasts, due) => {
    const saga = held(lasts);
    expect(saga.sent).toEqual([]);
    expect(saga.dueIn('expiring')).toBe(due);
    saga.fires('expiring');
    expect(saga.sent).toMatchObject([
      { target: 'order', id: ORDER, command: { type: 'need-attention', code: 'PAYMENT.AUTHORIZATION_EXPIRING' } },
    ]);
    expect(saga.sent[0]?.command).toMatchObject({ detail: expect.stringContaining(after(lasts)) });
  });

  it.each([
    ['captured', captured],
    ['voided', voided],
  ])('ends without a word when the money was %s in time', (_how, settled) => {
    const saga = held(7 * DAY).happens(settled);
    expect([saga.done, saga.sent.length]).toEqual([true, 0]);
  });

  it('withdraws the flag when the money was taken or let go after all', () => {
    for (const settled of [captured, voided]) {
      const saga = held(7 * DAY)
        .fires('expiring')
        .answered(YES, 'flag')
        .happens(settled);
      expect(saga.sent[1]?.command).toEqual({ type: 'resolve-attention', code: 'PAYMENT.AUTHORIZATION_EXPIRING' });
      expect(saga.done).toBe(false);
      expect(saga.answered(YES, 'withdraw-flag').done).toBe(true);
    }
  });

  it('is not begun where nobody said when it ends', () => {
    expect(begins(authorizationSaga, event('payment.authorized.v1', ids))).toBe(false);
    expect(idOf(authorizationSaga, event('payment.authorized.v1', ids))).toBeNull();
    expect(begins(authorizationSaga, captured)).toBe(false);
  });

  it('is not moved by what it has heard before', () => {
    const saga = held(7 * DAY).fires('expiring');
    saga.happens(event('payment.authorized.v1', { ...ids, expiresAt: after(1) })).fires('expiring');
    saga.answered(YES, 'withdraw-flag');
    expect(saga.sent).toHaveLength(1);
  });
});

describe('money that the provider let go by itself', () => {
  const gone = 'PAYMENT.AUTHORIZATION_EXPIRED';

  it('needs a person until the whole order is cancelled', () => {
    const saga = held(7 * DAY).happens(lapsed);
    expect(saga.sent).toMatchObject([{ id: ORDER, command: { type: 'need-attention', code: gone } }]);
    expect([...saga.timers.keys()]).toEqual([]);
    saga.answered(YES, 'lapsed').happens(lapsed).happens(cancelled(false));
    expect(saga.sent).toHaveLength(1);
    saga.happens(cancelled(true));
    expect(saga.sent[1]?.command).toEqual({ type: 'resolve-attention', code: gone });
    expect(saga.answered(YES, 'withdraw-flag').done).toBe(true);
  });

  it('takes the place of the flag that said it would', () => {
    const saga = held(7 * DAY)
      .fires('expiring')
      .answered(YES, 'flag')
      .happens(lapsed);
    expect(saga.sent.slice(1).map(({ command }) => command)).toMatchObject([
      { type: 'need-attention', code: gone },
      { type: 'resolve-attention', code: 'PAYMENT.AUTHORIZATION_EXPIRING' },
    ]);
  });

  it('is told of nobody where there was none: the provider let go what was never authorised', () => {
    const nothing = { ...ids, amount: { ...money, amount: 0 }, requested: false };
    expect(begins(authorizationSaga, event('payment.voided.v1', nothing))).toBe(false);
  });

  it('is over when the flag is withdrawn, whatever else is answered', () => {
    const saga = held(7 * DAY)
      .fires('expiring')
      .answered(no('ORDER.NOT_FOUND'), 'flag')
      .happens(lapsed)
      .answered(YES, 'lapsed', 'withdraw-expiring', 'withdraw-flag');
    expect(saga.done).toBe(false);
    saga.happens(cancelled(true)).answered(YES, 'lapsed');
    expect([saga.keys.at(-1), saga.done]).toEqual(['withdraw-flag', false]);
    expect(saga.answered(YES, 'withdraw-flag').done).toBe(true);
  });

  it('is not what a cancellation ends while the money is still held: its void does', () => {
    const saga = held(7 * DAY)
      .fires('expiring')
      .happens(cancelled(true));
    expect(saga.keys).toEqual(['flag']);
    expect(saga.happens(voided).keys).toEqual(['flag', 'withdraw-flag']);
  });

  it('is told also where nobody had said when it ends, and of no order that never was confirmed', () => {
    expect(begins(authorizationSaga, lapsed)).toBe(true);
    expect(begins(authorizationSaga, voided)).toBe(false);
    const saga = new Driven<AuthorizationState>(authorizationSaga).happens(lapsed);
    expect(saga.answered(no('ORDER.NOT_CONFIRMED'), 'lapsed').done).toBe(true);
  });
});

describe('an authorisation on real aggregates', () => {
  let shop: Shop;
  beforeAll(async () => (shop = await Shop.open()));
  afterAll(() => shop.close());

  it('has its order flagged after six of seven days, also when the process was killed meanwhile', async () => {
    shop.provider.holdsUntil = new Date(shop.clock.now() + 7 * DAY).toISOString();
    let running = await shop.start();
    await shop.receive('G1', 1);
    const orderId = await shop.checkOut([{ sku: 'G1', quantity: 1 }]);
    await shop.atRest(running);
    await running.runner.close();
    running = await shop.start();
    shop.clock.advance(6 * DAY - 60_000);
    await shop.atRest(running);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('confirmed');
    for (let hour = 0; hour < 2; hour += 1) {
      shop.clock.advance(3_600_000);
      await shop.atRest(running);
    }
    expect((await shop.events(`order-${orderId}`)).at(-1)).toMatchObject({
      type: 'order.attention-needed.v1',
      data: { code: 'PAYMENT.AUTHORIZATION_EXPIRING' },
    });

    await shop.order(orderId, { type: 'create-shipment', createdAt: new Date(shop.clock.now()).toISOString() });
    await shop.atRest(running);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-resolved');
    expect(running.runner.status()).toMatchObject({ instances: 0, work: 0 });
    await running.runner.close();
  });

  it('has its order flagged when the provider lets go, until the order is cancelled', async () => {
    shop.provider.holdsUntil = null;
    const running = await shop.start();
    await shop.receive('G2', 1);
    const orderId = await shop.checkOut([{ sku: 'G2', quantity: 1 }]);
    await shop.atRest(running);
    await shop.payment(orderId, { type: 'record-void', reference: 'at-1' });
    await shop.atRest(running);
    expect((await shop.events(`order-${orderId}`)).at(-1)).toMatchObject({
      type: 'order.attention-needed.v1',
      data: { code: 'PAYMENT.AUTHORIZATION_EXPIRED' },
    });
    await shop.order(orderId, { type: 'request-cancellation', reason: 'unpaid' });
    await shop.atRest(running);
    expect((await shop.typesOfOrder(orderId)).slice(-2)).toEqual(['cancelled', 'attention-resolved']);
    expect(running.runner.status()).toMatchObject({ instances: 0, work: 0 });
    await running.runner.close();
  });
});
