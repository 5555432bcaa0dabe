import { given } from '../shared/test-support/index.js';
import type { EndedCheckout, QuotaEvent, Standing } from './index.js';
import { admittedCheckouts, quotaAggregate, quotaDecider } from './index.js';

const quota = given(quotaDecider);
const START = Date.parse('2026-11-02T10:00:00.000Z');
const after = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const admitted = (orderId: string, seconds = 0, ended: readonly EndedCheckout[] = []): QuotaEvent => ({
  type: 'quota.checkout-admitted.v1',
  data: { client: 'c', orderId, cartId: `cart-${orderId}`, admittedAt: after(seconds), ended },
});
const admit = (orderId: string, seconds = 0, standings: Readonly<Record<string, Standing>> = {}) => ({
  type: 'admit-checkout' as const,
  client: 'c',
  orderId,
  cartId: `cart-${orderId}`,
  now: after(seconds),
  standings: new Map(Object.entries(standings)),
});

const five = ['1', '2', '3', '4', '5'].map((id) => admitted(id));
/** So many checkouts in a row that were refused, the last one admitted at the start. */
function refusedInARow(count: number) {
  const events = Array.from({ length: count }, (_, n) =>
    admitted(`r${n}`, 0, n === 0 ? [] : [{ orderId: `r${n - 1}`, as: 'refused' }]),
  );
  return quota.events(...events);
}

describe('the quota of a client', () => {
  it('admits five checkouts that are not settled, and the sixth when one of them is', () => {
    quota
      .events(...five.slice(0, 4))
      .when(admit('5'))
      .then(admitted('5'));
    const full = quota.events(...five);
    full.when(admit('6')).refused('CHECKOUT.TOO_MANY_PENDING', { retryAfter: 5 });
    full.when(admit('6', 9, { 1: 'pending', 2: 'pending' })).refused('CHECKOUT.TOO_MANY_PENDING', { retryAfter: 5 });
    for (const as of ['confirmed', 'refused', 'lost'] as const) {
      full.when(admit('6', 9, { 2: as })).then(admitted('6', 9, [{ orderId: '2', as }]));
    }
  });

  it('admits a checkout once, however often it is asked for', () => {
    quota
      .events(...five)
      .when(admit('3'))
      .then();
  });

  it('pauses after five refusals in a row, for a time that doubles up to five minutes', () => {
    const last = (count: number) => ({ [`r${count - 1}`]: 'refused' as const });
    refusedInARow(4)
      .when(admit('n', 0, last(4)))
      .then(admitted('n', 0, [{ orderId: 'r3', as: 'refused' }]));
    for (const [count, pause] of [
      [5, 1],
      [6, 2],
      [9, 16],
      [14, 300],
      [40, 300],
    ] as const) {
      refusedInARow(count)
        .when(admit('n', 0, last(count)))
        .refused('CHECKOUT.PAUSED', { retryAfter: pause });
      refusedInARow(count)
        .when(admit('n', pause, last(count)))
        .then(admitted('n', pause, [{ orderId: `r${count - 1}`, as: 'refused' }]));
    }
  });

  it('forgives refusals after an hour, and as soon as an order is confirmed', () => {
    const last = { r19: 'refused' } as const;
    refusedInARow(20)
      .when(admit('n', 3600, last))
      .then(admitted('n', 3600, [{ orderId: 'r19', as: 'refused' }]));
    const paid = refusedInARow(20).events(admitted('p', 600, [{ orderId: 'r19', as: 'refused' }]));
    paid.when(admit('n', 601, { p: 'confirmed' })).then(admitted('n', 601, [{ orderId: 'p', as: 'confirmed' }]));
    paid.when(admit('n', 601, { p: 'lost' })).refused('CHECKOUT.PAUSED', { retryAfter: 299 });
  });

  it('lists the checkouts whose standing has to be known for the next one', () => {
    const state = quota.events(
      admitted('1'),
      admitted('2', 60),
      admitted('3', 61, [{ orderId: '1', as: 'confirmed' }]),
    );
    expect(admittedCheckouts(state.state())).toEqual([
      { orderId: '2', cartId: 'cart-2', at: START + 60_000 },
      { orderId: '3', cartId: 'cart-3', at: START + 61_000 },
    ]);
  });

  it('is the same after a snapshot', () => {
    const state = quota.events(...five).state();
    const { snapshot } = quotaAggregate;
    if (snapshot === undefined) throw new Error('no snapshot');
    expect(snapshot.read(JSON.parse(JSON.stringify(snapshot.write(state))))).toEqual(state);
  });
});
