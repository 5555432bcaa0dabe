import { fold } from '../shared/test-support/given.js';
import { balanceView, giftCardDecider, giftCardView, ledgerEntry } from './index.js';
import type { GiftCard, GiftCardEvent } from './index.js';
import {
  adjusted,
  blocked,
  captured,
  eur,
  expired,
  expiresAt,
  giftCardId,
  held,
  holdClosed,
  issued,
  refunded,
  released,
} from './test-support/cards.js';

function cardOf(...events: readonly GiftCardEvent[]): GiftCard {
  const { card } = fold(giftCardDecider, events);
  if (card === null) throw new Error('no card');
  return card;
}
const at = '2026-11-02T10:00:00.000Z';

describe('what is shown of a gift card', () => {
  it('is its balance, what is held, and its terms', () => {
    const card = cardOf(issued(5000, { expiresAt, note: 'goodwill' }), held('a', 1500, 3500));
    expect(giftCardView(card, 1)).toEqual({
      giftCardId,
      status: 'active',
      issued: eur(5000),
      balance: eur(3500),
      held: eur(1500),
      expiresAt,
      note: 'goodwill',
      version: 1,
    });
    expect(balanceView(cardOf(issued(5000)))).toEqual({ balance: eur(5000), status: 'active' });
  });

  it('is blocked until it has expired', () => {
    const events = [issued(5000, { expiresAt }), blocked(5000)];
    expect(balanceView(cardOf(...events)).status).toBe('blocked');
    expect(balanceView(cardOf(...events, expired(5000)))).toMatchObject({ status: 'expired', balance: eur(0) });
  });
});

describe('the ledger', () => {
  it('has an entry of each change with its effect on the balance', () => {
    const events = [
      issued(5000),
      held('a', 1500, 3500),
      captured('a', 'c', { amount: 900, balance: 3500 }),
      released('a', { amount: 600, balance: 4100 }),
      holdClosed('b'),
      refunded('a', 'r', { amount: 400, balance: 4500 }),
      adjusted(-100, 4400),
      blocked(4400),
      expired(4400),
    ];
    const order = { orderId: 'a' };
    expect(events.map((event) => ledgerEntry(event, at))).toEqual([
      { at, kind: 'issue', amount: eur(5000), balanceAfter: eur(5000) },
      { at, kind: 'hold', amount: eur(-1500), ...order, balanceAfter: eur(3500) },
      { at, kind: 'capture', amount: eur(0), captured: eur(900), ...order, balanceAfter: eur(3500) },
      { at, kind: 'release', amount: eur(600), ...order, reason: 'order rejected', balanceAfter: eur(4100) },
      null,
      { at, kind: 'refund', amount: eur(400), ...order, balanceAfter: eur(4500) },
      { at, kind: 'adjustment', amount: eur(-100), reason: 'counted', balanceAfter: eur(4400) },
      { at, kind: 'block', amount: eur(0), reason: 'stolen', balanceAfter: eur(4400) },
      { at, kind: 'expiry', amount: eur(-4400), balanceAfter: eur(0) },
    ]);
  });
});
