import { given } from '../shared/test-support/index.js';
import { quotaDecider } from './index.js';
import type { QuotaEvent } from './index.js';

const START = Date.parse('2026-11-02T10:00:00.000Z');
const after = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

/** Checkouts of which each was refused before the next one came, at these seconds; the last one is refused too. */
const refused = (...seconds: readonly number[]) =>
  given(quotaDecider).events(
    ...seconds.map((at, n): QuotaEvent => ({
      type: 'quota.checkout-admitted.v1',
      data: {
        client: 'c',
        orderId: `r${n}`,
        cartId: `cart-${n}`,
        admittedAt: after(at),
        ended: n === 0 ? [] : [{ orderId: `r${n - 1}`, as: 'refused' }],
      },
    })),
  );
const next = (seconds: number, last: string) =>
  ({
    type: 'admit-checkout',
    client: 'c',
    orderId: 'n',
    cartId: 'cart-n',
    now: after(seconds),
    standings: new Map([[last, 'refused' as const]]),
  }) as const;

const SIX = [0, 0, 0, 0, 0, 0] as const;

describe('refusals of a client that was quiet for an hour', () => {
  it('do not count with the refusal that comes after it', () => {
    refused(...SIX, 3_600)
      .when(next(3_601, 'r6'))
      .accepted();
  });

  it('count when it was quiet for less', () => {
    refused(...SIX, 3_599)
      .when(next(3_600, 'r6'))
      .refused('CHECKOUT.PAUSED', { retryAfter: 3 });
  });
});
