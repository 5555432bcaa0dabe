import fc from 'fast-check';
import { refuse } from '../shared/index.js';
import { given } from '../shared/test-support/index.js';
import { cartDecider } from './index.js';
import type { CheckOut, GiftCardFacts } from './index.js';
import { checkOut, itemAdded, opened, usd } from './test-support/cart-examples.js';

/** Two units of 5.00. */
const TOTAL = 1000;
const cart = given(cartDecider).events(opened, itemAdded('TEA', 500, 2));
const card = (giftCardId: string, amount: number): GiftCardFacts => ({ giftCardId, balance: usd(amount) });
const share = (giftCardId: string, amount: number) => ({ giftCardId, amount: usd(amount) });

const withToken = (giftCards: readonly GiftCardFacts[]) => checkOut({ giftCards });
function withoutToken(giftCards: readonly GiftCardFacts[]): CheckOut {
  const { personal, ...command } = withToken(giftCards);
  const { paymentToken: _, ...buyer } = personal;
  return { ...command, personal: buyer };
}

function tendersOf(command: CheckOut) {
  const [event] = cart.when(command).accepted();
  if (event?.type !== 'cart.checked-out.v1') throw new Error('the cart was not checked out');
  return event.data.tenders;
}

describe('gift cards that pay', () => {
  it('pay in their order what they have, and the provider pays the rest', () => {
    expect(tendersOf(withToken([card('a', 300), card('b', 200)]))).toEqual([share('a', 300), share('b', 200)]);
  });

  it('pay no more than there is to pay, and one that is not needed pays nothing', () => {
    const cards = [card('a', 300), card('b', 5000), card('c', 100), card('d', 0)];
    expect(tendersOf(withoutToken(cards))).toEqual([share('a', 300), share('b', 700)]);
  });

  it('are no part of a checkout that names none', () => {
    expect(tendersOf(checkOut())).toBeUndefined();
  });

  it('need a token for what they leave', () => {
    for (const [cards, rest] of [
      [[card('a', 999)], 1],
      [[], TOTAL],
    ] as const)
      cart.when(withoutToken(cards)).refused('PAYMENT.TOKEN_REQUIRED', { rest: usd(rest) });
  });

  it('are refused where one that is to pay has nothing, and where one cannot be spent', () => {
    cart.when(withToken([card('a', 100), card('b', 0)])).refused('GIFT_CARD.EMPTY');
    const blocked = { ...card('b', 100), refused: refuse('GIFT_CARD.BLOCKED', 'Blocked.') };
    cart.when(withToken([card('a', 5000), blocked])).refused('GIFT_CARD.BLOCKED');
  });

  it('and the rest sum to the total, each within what it has', () => {
    const balances = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 5 });
    fc.assert(
      fc.property(balances, (amounts) => {
        const tenders = tendersOf(withToken(amounts.map((amount, n) => card(`${n}`, amount)))) ?? [];
        const paid = tenders.reduce((sum, { amount }) => sum + amount.amount, 0);
        expect(paid).toBe(
          Math.min(
            TOTAL,
            amounts.reduce((sum, amount) => sum + amount, 0),
          ),
        );
        for (const { giftCardId, amount } of tenders) {
          expect(amount.amount).toBeGreaterThan(0);
          expect(amount.amount).toBeLessThanOrEqual(amounts[Number(giftCardId)] ?? 0);
        }
      }),
    );
  });
});
