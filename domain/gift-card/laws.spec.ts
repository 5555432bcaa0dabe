import fc from 'fast-check';
import { giftCardDecider, giftCardView, ledgerEntry } from './index.js';
import type { GiftCard, GiftCardCommand, GiftCardEvent } from './index.js';
import {
  adjust,
  block,
  capture,
  expire,
  expiresAt,
  hold,
  issue,
  reclaim,
  refund,
  reinstate,
  release,
} from './test-support/cards.js';

const orderId = fc.constantFrom('a', 'b', 'c');
const amount = fc.integer({ min: -1, max: 40 });
const nth = fc.integer({ min: 1, max: 3 });

const anyChange: fc.Arbitrary<GiftCardCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(orderId, amount).map(([order, money]) => hold(order, money)) },
  { weight: 4, arbitrary: fc.tuple(orderId, nth, amount).map(([o, n, money]) => capture(o, `${o}.${n}`, money)) },
  { weight: 2, arbitrary: orderId.map(release) },
  { weight: 3, arbitrary: fc.tuple(orderId, nth, amount).map(([o, n, money]) => refund(o, `${o}.${n}`, money)) },
  { weight: 3, arbitrary: fc.tuple(orderId, amount).map(([id, money]) => reclaim(id, money)) },
  { weight: 1, arbitrary: fc.tuple(orderId, amount).map(([id, money]) => reinstate(id, money)) },
  { weight: 2, arbitrary: amount.map((money) => adjust(money - 10)) },
  { weight: 1, arbitrary: fc.constantFrom(block, expire) },
);
const anyCommands = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.boolean(), fc.array(anyChange, { maxLength: 50, size: 'max' }))
  .map(([money, ends, changes]) => [issue(money, ends ? { expiresAt } : {}), ...changes]);

type Look = (card: GiftCard, events: readonly GiftCardEvent[], command: GiftCardCommand) => void;

/** The events of the commands, each decided on what the ones before it left; `look` sees every step. */
function run(commands: readonly GiftCardCommand[], look: Look = () => undefined): readonly GiftCardEvent[] {
  const all: GiftCardEvent[] = [];
  let state = giftCardDecider.initialState();
  for (const command of commands) {
    const decision = giftCardDecider.decide(command, state);
    const events = decision.accepted ? decision.events : [];
    state = events.reduce(giftCardDecider.evolve, state);
    all.push(...events);
    if (state.card === null) throw new Error('the first command issues the card');
    look(state.card, all, command);
  }
  return all;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const amountsOf = (events: readonly GiftCardEvent[], what: string): number =>
  sum(events.map(({ type, data }) => (type === `gift-card.${what}.v1` && 'amount' in data ? data.amount.amount : 0)));
const entriesOf = (events: readonly GiftCardEvent[]) => events.flatMap((event) => ledgerEntry(event, 'then') ?? []);

describe('laws of gift cards', () => {
  it('the entries of the ledger sum to the balance, each says the balance after it, and it is never below 0', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (card, events) => {
          let balance = 0;
          for (const entry of entriesOf(events)) {
            balance += entry.amount.amount;
            expect(entry.balanceAfter.amount).toBe(balance);
            expect(balance).toBeGreaterThanOrEqual(0);
          }
          expect(card.balance).toBe(balance);
          expect(giftCardView(card, 0).balance).toEqual({ amount: balance, currency: 'EUR' });
        });
      }),
    );
  });

  it('what was put on it and not reclaimed is on it, held, spent and not given back, or forfeited', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, ({ balance, held }, events) => {
          const of = (what: string) => amountsOf(events, what);
          const put = of('issued') + of('adjusted') + of('refunded') + of('reinstated') - of('reclaimed');
          expect(balance + held + of('captured') + of('expired')).toBe(put);
        });
      }),
    );
  });

  it('an order takes no more than it held, is given back no more than it took, and holds what it neither took nor let go', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (card, events) => {
          for (const [id, { share, held, captured, refunded }] of card.orders) {
            const own = events.filter(({ data }) => 'orderId' in data && data.orderId === id);
            expect([share, captured, refunded]).toEqual(
              ['held', 'captured', 'refunded'].map((what) => amountsOf(own, what)),
            );
            expect(held).toBe(share - captured - amountsOf(own, 'released'));
            expect(Math.min(held, captured - refunded, share - captured)).toBeGreaterThanOrEqual(0);
          }
          expect(card.held).toBe(sum([...card.orders.values()].map(({ held }) => held)));
        });
      }),
    );
  });

  it('a command that is sent again adds nothing', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (card, _events, command) => {
          // Two adjustments are two corrections; their command id tells a retry.
          if (command.type === 'adjust') return;
          const again = giftCardDecider.decide(command, { card });
          expect(again.accepted ? again.events : []).toEqual([]);
        });
      }),
    );
  });

  it('an order that let its hold go, or was given none, is given none any more', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        const events = run(commands);
        events.forEach(({ type, data }, index) => {
          if (type !== 'gift-card.released.v1' && type !== 'gift-card.hold-closed.v1') return;
          const later = events.slice(index + 1);
          expect(later.filter((one) => one.type === 'gift-card.held.v1' && one.data.orderId === data.orderId)).toEqual(
            [],
          );
        });
      }),
    );
  });
});
