import fc from 'fast-check';
import { giftCardDecider } from '../../domain/gift-card/index.js';
import type { GiftCardCommand, GiftCardEvent, GiftCardState } from '../../domain/gift-card/index.js';
import { giftCardsReadModel, type GiftCardDocument } from '../gift-card/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { giftCardLiabilitiesReadModel, type LiabilitiesDocument } from './gift-card-liabilities.read-model.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const expiresAt = '2028-11-02T10:00:00.000Z';
const now = '2026-11-02T10:00:00.000Z';
const issue = (amount: number, terms: { readonly expiresAt?: string } = {}): GiftCardCommand => ({
  type: 'issue-gift-card',
  giftCardId: 'card',
  amount: eur(amount),
  seed: 'seed',
  ...terms,
  now,
});

const amount = fc.integer({ min: 1, max: 30 }).map(eur);
const orderId = fc.constantFrom('a', 'b');
const nth = fc.constantFrom('1', '2');
const change: fc.Arbitrary<GiftCardCommand> = fc.oneof(
  fc.record({ type: fc.constant('hold' as const), orderId, amount, expiresAt: fc.constant(now) }),
  fc.record({ type: fc.constant('capture' as const), orderId, captureId: nth, amount }),
  fc.record({ type: fc.constant('release' as const), orderId, reason: fc.constant('rejected') }),
  fc.record({ type: fc.constant('refund' as const), orderId, refundId: nth, amount }),
  fc.record({
    type: fc.constant('adjust' as const),
    amount: fc.integer({ min: -15, max: 15 }).map(eur),
    reason: fc.constant('counted'),
  }),
  fc.constantFrom({ type: 'block' as const }, { type: 'expire' as const }),
);
const CARDS = 3;
const changes = fc.array(fc.tuple(fc.nat({ max: CARDS - 1 }), change), { maxLength: 60, size: 'max' });

/** What the commands come to, each sent to one of the cards, in two currencies. */
function run(commands: readonly (readonly [number, GiftCardCommand])[]) {
  const log = new EventLog<GiftCardEvent>();
  const cards: GiftCardState[] = Array.from({ length: CARDS }, () => giftCardDecider.initialState());
  const start = cards.map((_, card) => [card, issue(100, card === 1 ? { expiresAt } : {})] as const);
  for (const [card, command] of [...start, ...commands]) {
    const currency = card === 2 ? 'USD' : 'EUR';
    const text = JSON.stringify({ ...command, giftCardId: `card-${card}` }).replaceAll('EUR', currency);
    let state = cards[card] ?? giftCardDecider.initialState();
    const decision = giftCardDecider.decide(JSON.parse(text) as GiftCardCommand, state);
    for (const event of decision.accepted ? decision.events : []) {
      log.append(`giftcard-card-${card}`, event);
      state = giftCardDecider.evolve(state, event);
    }
    cards[card] = state;
  }
  return { log, cards: cards.flatMap(({ card }) => card ?? []) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

describe('what is owed on gift cards', () => {
  it('is the sum of the ledgers, and the list shows the same', () => {
    fc.assert(
      fc.property(changes, (commands) => {
        const { log, cards } = run(commands);
        const reported = fold(giftCardLiabilitiesReadModel, log.events);
        for (const [currency, doc] of reported) {
          const own = cards.filter((card) => card.currency === currency);
          const sums = doc as unknown as LiabilitiesDocument;
          const of = (name: Exclude<keyof LiabilitiesDocument, 'currency' | 'cards'>) => Number(sums[name]);
          const owed = of('issued') - of('spent') + of('refunded') + of('adjusted') - of('expired');
          expect([sums.cards, of('issued')]).toEqual([own.length, 100 * own.length]);
          expect(owed).toBe(sum(own.map(({ balance, held }) => balance + held)));
          expect(of('held')).toBe(sum(own.map(({ held }) => held)));
          expect(of('blocked')).toBe(sum(own.map(({ isBlocked, balance }) => (isBlocked ? balance : 0))));
          const orders = own.flatMap((card) => [...card.orders.values()]);
          expect(of('spent')).toBe(sum(orders.map(({ captured }) => captured)));
          expect(of('refunded')).toBe(sum(orders.map(({ refunded }) => refunded)));
        }
        const listed = [...fold(giftCardsReadModel, log.events).values()] as unknown as GiftCardDocument[];
        expect(listed.map((card) => [card.balance.amount, card.held.amount])).toEqual(
          cards.map(({ balance, held }) => [balance, held]),
        );
      }),
    );
  });

  it('is exact beyond 2^53', () => {
    const log = new EventLog<GiftCardEvent>();
    const most = Number.MAX_SAFE_INTEGER;
    for (const _ of [1, 2, 3]) {
      const decision = giftCardDecider.decide(issue(most), giftCardDecider.initialState());
      if (decision.accepted) for (const event of decision.events) log.append('giftcard-x', event);
    }
    const { issued } = fold(giftCardLiabilitiesReadModel, log.events).get('EUR') as unknown as LiabilitiesDocument;
    expect(issued).toBe(String(BigInt(most) * 3n));
  });
});
