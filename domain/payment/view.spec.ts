import { given } from '../shared/test-support/index.js';
import {
  holdsMoney,
  PaymentBalance,
  paymentDecider,
  paymentSecretFields,
  paymentView,
  PaymentWithFacts,
} from './index.js';
import type { PaymentEvent } from './index.js';
import { captured, captureRequested, facts, refunded, refundRequested, usd, voided } from './test-support/facts.js';

const { requested, actionRequired, authorized, declined, voidRequested } = facts;
const asked = given(paymentDecider).events(requested);
const held = asked.events(authorized);

describe('money', () => {
  it('is held, or may be, from the request until it is taken or let go', () => {
    for (const payment of [asked, held, held.events(voidRequested), held.events(captureRequested(10_000))])
      expect(holdsMoney(payment.state())).toBe(true);
  });

  it('is held where a capture that is not final leaves some of it authorised', () => {
    const whole = captured(4_000);
    const part = { ...whole, data: { ...whole.data, final: false, authorized: usd(10_000) } };
    expect(holdsMoney(held.events(captureRequested(4_000), part).state())).toBe(true);
  });

  it('is not held where it was never asked for, declined, let go or taken', () => {
    const released = held.events(voidRequested, voided(10_000));
    const taken = held.events(captureRequested(10_000), captured(10_000));
    for (const payment of [given(paymentDecider), asked.events(declined), released, taken])
      expect(holdsMoney(payment.state())).toBe(false);
  });
});

describe('a payment as it is shown', () => {
  const until = { ...authorized, data: { ...authorized.data, expiresAt: '2026-11-27T09:15:00.000Z' } };

  it.each([
    ['asked for', asked],
    ['waiting for the buyer', asked.events(actionRequired)],
    ['held', asked.events(until)],
    ['taken', held.events(captureRequested(10_000), captured(10_000))],
    ['let go', held.events(voidRequested, voided(10_000))],
  ])('has no member but those that are published while its money is %s', (_, payment) => {
    const view = paymentView(payment.state());
    if (view === null) throw new Error('there is no payment');
    const { orderId: _order, ...balance } = view;
    expect(PaymentBalance.pick(balance)).toStrictEqual(balance);
    expect(Object.keys(PaymentWithFacts.fields)).toEqual(expect.arrayContaining(Object.keys(view)));
  });
});

describe('the facts of a payment', () => {
  const all: readonly PaymentEvent[] = [
    ...Object.values(facts),
    captureRequested(1),
    captured(1),
    refundRequested('r1', 1),
    refunded('r1', 1),
  ];

  it('hold what lets others ask for money in fields that nobody is shown, and nothing else there', () => {
    const credentials = new Set(['token', 'idempotencyKey', 'action']);
    for (const { type, data } of all) {
      const secret = Object.keys(data).filter((name) => credentials.has(name));
      expect([type, new Set(paymentSecretFields[type] ?? [])]).toEqual([type, new Set(secret)]);
    }
  });
});
