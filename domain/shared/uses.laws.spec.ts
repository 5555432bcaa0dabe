import fc from 'fast-check';
import { commitUse, evolveUses, noUses, releaseUse, reserveUse, returnUse, usesFromJson, usesToJson } from './index.js';
import type { UseFact, UseLedger, UseLimits } from './index.js';

type Kind = 'reserve' | 'commit' | 'release' | 'return';
interface Sent {
  readonly kind: Kind;
  readonly order: number;
}

const expiresAt = '2026-03-01T12:15:00.000Z';
const ORDERS = 8;
const customerOf = (order: number): string => `customer-${order % 3}`;
const amountOf = (order: number): number => (order % 4) * 100;

const limits: fc.Arbitrary<UseLimits> = fc
  .record({
    uses: fc.option(fc.integer({ min: 0, max: 5 })),
    usesPerCustomer: fc.option(fc.integer({ min: 1, max: 2 })),
    budget: fc.option(fc.integer({ min: 0, max: 900 })),
  })
  .map(({ uses, usesPerCustomer, budget }) => ({
    ...(uses !== null && { uses }),
    ...(usesPerCustomer !== null && { usesPerCustomer }),
    ...(budget !== null && { budget: { amount: budget, currency: 'EUR' } }),
  }));

/** What is sent for each order: every command any number of times, in any order. */
const anySent: fc.Arbitrary<readonly Sent[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>('reserve', 'reserve', 'commit', 'release', 'return'),
    order: fc.nat({ max: ORDERS - 1 }),
  }),
  { maxLength: 80, size: 'max' },
);

function decided({ kind, order }: Sent, ledger: UseLedger, terms: UseLimits): UseFact | string {
  const amount = { amount: amountOf(order), currency: 'EUR' };
  const request = { orderId: `o${order}`, customer: customerOf(order), amount, expiresAt };
  if (kind === 'reserve') return reserveUse(request, ledger, terms);
  if (kind === 'commit') return commitUse(request, ledger);
  return kind === 'release' ? releaseUse(request, ledger) : returnUse(request, ledger);
}

/**
 * What ought to be: each order is new, has a hold or a use, and may be over. An order has asked at most once, as what was recorded for
 * a command is not decided again.
 */
class Model {
  readonly held = new Set<number>();
  readonly used = new Set<number>();
  readonly over = new Set<number>();

  constructor(private readonly terms: UseLimits) {}

  get taken(): readonly number[] {
    return [...this.held, ...this.used];
  }

  take({ kind, order }: Sent): void {
    const { held, used, over } = this;
    const has = held.has(order);
    if (kind === 'reserve') {
      if (!has && !over.has(order) && this.isFree(order)) held.add(order);
      return;
    }
    if (kind === 'commit') {
      if (has) used.add(order);
      held.delete(order);
      return;
    }
    held.delete(order);
    if (kind === 'return' && !over.has(order)) used.delete(order);
    over.add(order);
  }

  private isFree(order: number): boolean {
    const { uses = Infinity, usesPerCustomer = Infinity, budget } = this.terms;
    const { taken } = this;
    const given = taken.reduce((sum, one) => sum + amountOf(one), amountOf(order));
    return (
      taken.length < uses &&
      taken.filter((one) => customerOf(one) === customerOf(order)).length < usesPerCustomer &&
      given <= (budget?.amount ?? Infinity)
    );
  }
}

interface Run {
  readonly ledger: UseLedger;
  readonly model: Model;
}

/** Sends all, as a log does that knows the ids of commands: what has left a fact is not decided again. */
function run(sent: readonly Sent[], terms: UseLimits, after: (run: Run) => void, restored = false): Run {
  const recorded = new Set<string>();
  const model = new Model(terms);
  let ledger = noUses();
  for (const one of sent) {
    const id = `${one.kind}:${one.order}`;
    // Only what was confirmed, or is about to be, is ever returned.
    const isIdle = one.kind === 'return' && !model.taken.includes(one.order) && !model.over.has(one.order);
    if (isIdle || recorded.has(id)) continue;
    const outcome = decided(one, ledger, terms);
    if (typeof outcome !== 'string') {
      recorded.add(id);
      ledger = evolveUses(ledger, outcome);
    }
    model.take(one);
    // A process that starts anew has the state of a snapshot.
    if (restored) ledger = usesFromJson(JSON.parse(JSON.stringify(usesToJson(ledger))));
    after({ ledger, model });
  }
  return { ledger, model };
}

const names = (orders: Iterable<number>): readonly string[] => [...orders].map((order) => `o${order}`).sort();

function expectSame({ ledger, model }: Run): void {
  expect([...ledger.holds.keys()].sort()).toEqual(names(model.held));
  expect(ledger.used).toBe(model.used.size);
  expect([...ledger.closed.keys()].sort()).toEqual(names(model.over));
  const sum = (orders: Iterable<number>) => [...orders].reduce((total, order) => total + amountOf(order), 0);
  const { used, held } = ledger.amounts.get('EUR') ?? { used: 0, held: 0 };
  expect({ used, held }).toEqual({ used: sum(model.used), held: sum(model.held) });
}

describe('laws of uses', () => {
  it('in any order and however often commands are sent, orders have what a plain list says', () => {
    fc.assert(fc.property(anySent, limits, (sent, terms) => void run(sent, terms, expectSame)));
  });

  it('uses, budget and uses of a customer are never exceeded, holds included, even where commands have no ids', () => {
    fc.assert(
      fc.property(anySent, limits, (sent, terms) => {
        const { uses = Infinity, usesPerCustomer = Infinity, budget } = terms;
        let ledger = noUses();
        for (const one of sent) {
          const outcome = decided(one, ledger, terms);
          if (typeof outcome !== 'string') ledger = evolveUses(ledger, outcome);
          expect(ledger.used).toBeGreaterThanOrEqual(0);
          expect(ledger.used + ledger.holds.size).toBeLessThanOrEqual(uses);
          expect(Math.max(0, ...ledger.byCustomer.values())).toBeLessThanOrEqual(usesPerCustomer);
          const { used, held } = ledger.amounts.get('EUR') ?? { used: 0, held: 0 };
          if (one.kind === 'reserve') expect(used + held).toBeLessThanOrEqual(budget?.amount ?? Infinity);
        }
      }),
    );
  });

  it('N uses are had by exactly N orders while more of them ask, each once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.integer({ min: 1, max: 20 }), fc.func(fc.nat()), (uses, orders, shuffle) => {
        const all = Array.from({ length: orders }, (_, order) => order).sort((a, b) => shuffle(a) - shuffle(b));
        const sent = (kind: Kind) => all.map((order): Sent => ({ kind, order }));
        const { ledger } = run(
          [...sent('reserve'), ...sent('reserve'), ...sent('commit'), ...sent('commit')],
          { uses },
          expectSame,
        );
        expect([ledger.used, ledger.holds.size]).toEqual([Math.min(uses, orders), 0]);
      }),
    );
  });

  it('what ends without a confirmation, or is returned, leaves nothing behind but that it is over', () => {
    fc.assert(
      fc.property(anySent, limits, (sent, terms) => {
        const all = Array.from({ length: ORDERS }, (_, order) => order);
        const { model } = run(sent, terms, () => undefined);
        const ending = all.map((order): Sent => ({ kind: model.used.has(order) ? 'return' : 'release', order }));
        const { ledger } = run([...sent, ...ending], terms, expectSame);
        // An order that was told to be over although it was confirmed keeps its use.
        if (sent.some(({ kind }) => kind === 'release')) return;
        expect([ledger.used, ledger.holds.size, ledger.byCustomer.size]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('a ledger that was written to a snapshot goes on like the one that was not', () => {
    fc.assert(
      fc.property(anySent, limits, (sent, terms) => {
        const { ledger } = run(sent, terms, () => undefined);
        expect(run(sent, terms, expectSame, true).ledger).toEqual(ledger);
      }),
    );
  });
});
