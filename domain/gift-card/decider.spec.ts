import { given } from '../shared/test-support/index.js';
import { giftCardAggregate, giftCardDecider } from './index.js';
import {
  adjust,
  adjusted,
  block,
  blocked,
  capture,
  captured,
  eur,
  expire,
  expired,
  expiresAt,
  hold,
  held,
  holdClosed,
  issue,
  issued,
  reclaim,
  reclaimed,
  refund,
  refunded,
  reinstate,
  reinstated,
  release,
  released,
} from './test-support/cards.js';

const card = given(giftCardDecider);
const fifty = card.events(issued(5000));

describe('a gift card', () => {
  it('is issued once, with an amount, and before it would have expired', () => {
    card.when(issue(5000)).thenOnce(issued(5000));
    const terms = { expiresAt, note: 'goodwill' };
    card.when(issue(5000, terms)).thenOnce(issued(5000, terms));
    card.when(issue(0)).refused('GIFT_CARD.INVALID_AMOUNT');
    card.when(issue(0.5)).refused('GIFT_CARD.INVALID_AMOUNT');
    const past = '2026-11-02T10:00:00.000Z';
    card.when(issue(1, { expiresAt: past })).refused('GIFT_CARD.EXPIRED', { expiresAt: past });
  });

  it('that was never issued refuses everything', () => {
    for (const command of [
      hold('a', 1),
      capture('a', 'c', 1),
      release('a'),
      refund('a', 'r', 1),
      reclaim('r', 1),
      reinstate('r', 1),
      adjust(1),
      block,
      expire,
    ])
      card.when(command).refused('GIFT_CARD.UNKNOWN');
  });

  it('has a stream of its own', () => {
    expect(giftCardAggregate).toMatchObject({ category: 'giftcard', decider: giftCardDecider });
  });
});

describe('a hold', () => {
  it('takes from the balance, once for each order', () => {
    fifty.when(hold('a', 2000)).thenOnce(held('a', 2000, 3000));
    const one = fifty.events(held('a', 2000, 3000));
    one.when(hold('b', 3000)).thenOnce(held('b', 3000, 0));
    one.when(hold('b', 3001)).refused('GIFT_CARD.EMPTY', { balance: eur(3000), requested: eur(3001) });
    one.when(hold('a', 1999)).refused('GIFT_CARD.ALREADY_HELD', { held: 2000, requested: 1999 });
    fifty.when(hold('a', 0)).refused('GIFT_CARD.INVALID_AMOUNT');
  });

  it('is of the currency of the card', () => {
    const dollars = { amount: 1, currency: 'USD' };
    for (const command of [hold('a', 1), capture('a', 'c', 1), refund('a', 'r', 1), reclaim('r', 1), adjust(1)])
      fifty
        .events(held('a', 1, 4999))
        .when({ ...command, ...(command.type === 'hold' ? { orderId: 'b' } : {}), amount: dollars } as typeof command)
        .refused('GIFT_CARD.WRONG_CURRENCY', { currency: 'EUR' });
  });

  it('is of no blocked and of no expired card', () => {
    fifty.events(blocked(5000)).when(hold('a', 1)).refused('GIFT_CARD.BLOCKED');
    card
      .events(issued(5000, { expiresAt }), expired(5000))
      .when(hold('a', 1))
      .refused('GIFT_CARD.EXPIRED', { expiresAt });
  });

  it('that was released, or never was, is not made when its command is sent again', () => {
    const gone = fifty.events(held('a', 2000, 3000), released('a', { amount: 2000, balance: 5000 }));
    gone.when(hold('a', 2000)).refused('GIFT_CARD.HOLD_NOT_FOUND');
    fifty.when(release('a')).thenOnce(holdClosed('a'));
    fifty.events(holdClosed('a')).when(hold('a', 1)).refused('GIFT_CARD.HOLD_NOT_FOUND');
  });
});

describe('held money', () => {
  const holding = fifty.events(held('a', 2000, 3000));

  it('is taken in parts, each of them once, and never more than is held', () => {
    holding.when(capture('a', 'c1', 1500)).thenOnce(captured('a', 'c1', { amount: 1500, balance: 3000 }));
    const part = holding.events(captured('a', 'c1', { amount: 1500, balance: 3000 }));
    part.when(capture('a', 'c2', 501)).refused('GIFT_CARD.CAPTURE_EXCEEDS_HOLD', { held: 500, requested: 501 });
    part.when(capture('a', 'c2', 500)).thenOnce(captured('a', 'c2', { amount: 500, balance: 3000 }));
    holding.when(capture('a', 'c1', 0)).refused('GIFT_CARD.INVALID_AMOUNT');
    holding.when(capture('b', 'c1', 1)).refused('GIFT_CARD.HOLD_NOT_FOUND');
  });

  it('is let go as far as it was not taken, and then there is nothing to take', () => {
    holding.when(release('a')).thenOnce(released('a', { amount: 2000, balance: 5000 }));
    const part = holding.events(captured('a', 'c1', { amount: 1500, balance: 3000 }));
    part.when(release('a')).thenOnce(released('a', { amount: 500, balance: 3500 }));
    const gone = part.events(released('a', { amount: 500, balance: 3500 }));
    gone.when(capture('a', 'c2', 1)).refused('GIFT_CARD.HOLD_NOT_FOUND');
    gone.when(capture('a', 'c1', 1500)).then();
    const all = holding.events(captured('a', 'c1', { amount: 2000, balance: 3000 }));
    all.when(release('a')).then();
  });

  it('is taken of a card that was blocked or has expired meanwhile', () => {
    holding
      .events(blocked(3000))
      .when(capture('a', 'c1', 2000))
      .thenOnce(captured('a', 'c1', { amount: 2000, balance: 3000, blocked: true }));
    const past = card.events(issued(5000, { expiresAt }), held('a', 2000, 3000), expired(3000));
    past.when(capture('a', 'c1', 2000)).thenOnce(captured('a', 'c1', { amount: 2000, balance: 0 }));
  });

  it('that comes back to an expired card is forfeited, and what is refunded to it later stays on it', () => {
    const past = card.events(issued(5000, { expiresAt }), held('a', 2000, 3000), held('b', 1, 2999), expired(2999));
    past.when(release('a')).thenOnce(released('a', { amount: 2000, balance: 2000 }), expired(2000));
    const spent = past.events(captured('b', 'c', { amount: 1, balance: 0 }));
    spent.when(refund('b', 'r', 1)).thenOnce(refunded('b', 'r', { amount: 1, balance: 1 }));
    const back = spent.events(refunded('b', 'r', { amount: 1, balance: 1 }));
    back.when(hold('c', 1)).refused('GIFT_CARD.EXPIRED');
    back.when(adjust(-1)).then(adjusted(-1, 0));
  });
});

describe('a refund', () => {
  const spent = fifty.events(held('a', 2000, 3000), captured('a', 'c1', { amount: 1500, balance: 3000 }));

  it('gives taken money back, each once, and never more than was taken', () => {
    spent.when(refund('a', 'r1', 1000)).thenOnce(refunded('a', 'r1', { amount: 1000, balance: 4000 }));
    const part = spent.events(refunded('a', 'r1', { amount: 1000, balance: 4000 }));
    const extra = { refundable: 500, requested: 501 };
    part.when(refund('a', 'r2', 501)).refused('GIFT_CARD.REFUND_EXCEEDS_CAPTURED', extra);
    part.when(refund('a', 'r2', 500)).thenOnce(refunded('a', 'r2', { amount: 500, balance: 4500 }));
    fifty.when(refund('a', 'r1', 1)).refused('GIFT_CARD.REFUND_EXCEEDS_CAPTURED', { refundable: 0, requested: 1 });
    spent.when(refund('a', 'r1', 0)).refused('GIFT_CARD.INVALID_AMOUNT');
  });
});

describe('a refund of the sale of a card', () => {
  it('takes its amount off the card, each once, and never more than is there', () => {
    fifty.when(reclaim('r1', 2000)).thenOnce(reclaimed('r1', 2000, 3000));
    const part = fifty.events(reclaimed('r1', 2000, 3000));
    part.when(reclaim('r2', 3001)).refused('GIFT_CARD.SPENT', { balance: eur(3000), requested: eur(3001) });
    part.when(reclaim('r2', 3000)).thenOnce(reclaimed('r2', 3000, 0));
    fifty
      .events(held('a', 2000, 3000))
      .when(reclaim('r1', 3001))
      .refused('GIFT_CARD.SPENT');
    fifty.when(reclaim('r1', 0)).refused('GIFT_CARD.INVALID_AMOUNT');
    fifty.events(blocked(5000)).when(reclaim('r1', 5000)).accepted();
  });

  it('that failed puts it back, and is not made when its command is sent again', () => {
    const off = fifty.events(reclaimed('r1', 2000, 3000));
    off.when(reinstate('r1', 2000)).thenOnce(reinstated('r1', 2000, 5000));
    const back = off.events(reinstated('r1', 2000, 5000));
    back.when(reclaim('r1', 2000)).refused('GIFT_CARD.SPENT');
    fifty.when(reinstate('r1', 2000)).thenOnce(reinstated('r1', 0, 5000));
    fifty
      .events(reinstated('r1', 0, 5000))
      .when(reclaim('r1', 2000))
      .refused('GIFT_CARD.SPENT');
  });

  it('that failed after the card expired forfeits it', () => {
    const past = card.events(issued(5000, { expiresAt }), reclaimed('r1', 2000, 3000), expired(3000));
    past.when(reinstate('r1', 2000)).thenOnce(reinstated('r1', 2000, 2000), expired(2000));
  });
});

describe('an adjustment', () => {
  it('puts money on a card or takes it off, never below 0', () => {
    fifty.when(adjust(500)).then(adjusted(500, 5500));
    fifty.when(adjust(-5000)).then(adjusted(-5000, 0));
    fifty.when(adjust(-5001)).refused('GIFT_CARD.EMPTY', { balance: eur(5000), requested: eur(5001) });
    fifty
      .events(held('a', 2000, 3000))
      .when(adjust(-3001))
      .refused('GIFT_CARD.EMPTY');
    fifty.when(adjust(0)).refused('GIFT_CARD.INVALID_AMOUNT');
  });

  it('puts no money on an expired card, and no more on any than can be counted', () => {
    card.events(issued(5000, { expiresAt }), expired(5000)).when(adjust(1)).refused('GIFT_CARD.EXPIRED');
    const most = Number.MAX_SAFE_INTEGER;
    fifty.when(adjust(most - 5000)).then(adjusted(most - 5000, most));
    fifty.when(adjust(most - 4999)).refused('GIFT_CARD.TOO_LARGE', { most });
    // What was spent may come back.
    const spent = fifty.events(held('a', 5000, 0), captured('a', 'c', { amount: 5000, balance: 0 }));
    spent.when(adjust(most - 4999)).refused('GIFT_CARD.TOO_LARGE');
  });
});

describe('the end of a gift card', () => {
  it('is a block, once, with or without a reason', () => {
    fifty.when(block).thenOnce(blocked(5000));
    const { data } = blocked(5000);
    const { reason: _reason, ...silent } = { reason: '', ...data };
    fifty.when({ type: 'block' }).then({ type: 'gift-card.blocked.v1', data: silent } as ReturnType<typeof blocked>);
  });

  it('is its time, where it has one', () => {
    card.events(issued(5000, { expiresAt })).when(expire).thenOnce(expired(5000));
    fifty.when(expire).then();
  });
});
