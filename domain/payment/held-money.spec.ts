import { given } from '../shared/test-support/index.js';
import { holdsMoney, paymentDecider } from './index.js';
import { captured, captureRequested, facts, voided } from './test-support/facts.js';

const { requested, authorized, declined, voidRequested } = facts;
const asked = given(paymentDecider).events(requested);
const held = asked.events(authorized);

describe('money', () => {
  it('is held, or may be, from the request until it is taken or let go', () => {
    for (const payment of [asked, held, held.events(voidRequested), held.events(captureRequested(10_000))])
      expect(holdsMoney(payment.state())).toBe(true);
  });

  it('is not held where it was never asked for, declined, let go or taken', () => {
    const released = held.events(voidRequested, voided(10_000));
    const taken = held.events(captureRequested(10_000), captured(10_000));
    for (const payment of [given(paymentDecider), asked.events(declined), released, taken])
      expect(holdsMoney(payment.state())).toBe(false);
  });
});
