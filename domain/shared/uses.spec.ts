import {
  commitUse,
  evolveUses,
  hasUseLeft,
  noUses,
  releaseUse,
  reserveUse,
  returnUse,
  usesFromJson,
  usesToJson,
} from './index.js';
import type { UseFact, UseLedger, UseLimits, UseRequest } from './index.js';

const expiresAt = '2026-03-01T12:15:00.000Z';
const later = (days: number): string => new Date(Date.parse(expiresAt) + days * 24 * 60 * 60_000).toISOString();
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const usd = (amount: number) => ({ amount, currency: 'USD' });

const ask = (orderId: string, more: Partial<UseRequest> = {}): UseRequest => ({
  orderId,
  customer: 'anna',
  expiresAt,
  ...more,
});

const after = (...facts: readonly UseFact[]): UseLedger => facts.reduce(evolveUses, noUses());
const reserved = (orderId: string, more: Partial<UseFact & { kind: 'reserved' }> = {}): UseFact => ({
  kind: 'reserved',
  orderId,
  expiresAt,
  ...more,
});
const committed = (orderId: string): UseFact => ({ kind: 'committed', orderId });
const closed = (orderId: string, at = expiresAt): UseFact => ({ kind: 'closed', orderId, expiresAt: at });

describe('reserving a use', () => {
  it('holds it for the order, and once however often it is asked for', () => {
    expect(reserveUse(ask('o1'), noUses(), {})).toEqual(reserved('o1'));
    expect(reserveUse(ask('o1'), after(reserved('o1')), { uses: 1 })).toBe('satisfied');
  });

  it('finds none left where all are used or held', () => {
    const limits = { uses: 2 };
    expect(reserveUse(ask('o3'), after(reserved('o1'), reserved('o2')), limits)).toBe('used-up');
    expect(reserveUse(ask('o3'), after(reserved('o1'), reserved('o2'), committed('o2')), limits)).toBe('used-up');
    expect(reserveUse(ask('o2'), after(reserved('o1')), limits)).toEqual(reserved('o2'));
    expect(reserveUse(ask('o1'), noUses(), { uses: 0 })).toBe('used-up');
  });

  it('counts by customer where that is limited, and remembers no customer elsewhere', () => {
    const limits = { usesPerCustomer: 1 };
    const hold = reserved('o1', { customer: 'anna' });
    expect(reserveUse(ask('o1'), noUses(), limits)).toEqual(hold);
    expect(reserveUse(ask('o2'), after(hold), limits)).toBe('used-up');
    expect(reserveUse(ask('o2', { customer: 'bert' }), after(hold), limits)).toEqual(
      reserved('o2', { customer: 'bert' }),
    );
    expect(reserveUse(ask('o1'), noUses(), { uses: 5 })).not.toHaveProperty('customer');
  });

  it('takes an amount from the budget as a whole or not at all', () => {
    const limits = { budget: eur(1_000) };
    const ledger = after(reserved('o1', { amount: eur(600) }));
    expect(reserveUse(ask('o2', { amount: eur(401) }), ledger, limits)).toBe('used-up');
    expect(reserveUse(ask('o2', { amount: eur(400) }), ledger, limits)).toEqual(reserved('o2', { amount: eur(400) }));
  });

  it('gives nothing of a budget in another currency', () => {
    expect(reserveUse(ask('o1', { amount: usd(1) }), noUses(), { budget: eur(1_000) })).toBe('used-up');
  });

  it('gives nothing more where amounts would not be exact', () => {
    const ledger = after(reserved('o1', { amount: eur(Number.MAX_SAFE_INTEGER) }));
    expect(reserveUse(ask('o2', { amount: eur(1) }), ledger, {})).toBe('used-up');
    expect(reserveUse(ask('o2', { amount: eur(0) }), ledger, {})).toEqual(reserved('o2', { amount: eur(0) }));
  });

  it('is refused to an order that is over, whether it ever had a hold or not', () => {
    expect(reserveUse(ask('o1'), after(closed('o1')), {})).toBe('closed');
    expect(reserveUse(ask('o1'), after(reserved('o1'), { kind: 'released', orderId: 'o1', expiresAt }), {})).toBe(
      'closed',
    );
  });

  it('uses that are left are known without an order', () => {
    const limits = { uses: 1, usesPerCustomer: 1, budget: eur(5) };
    expect(hasUseLeft({}, noUses(), limits)).toBe(true);
    expect(hasUseLeft({}, after(reserved('o1')), limits)).toBe(false);
    expect(hasUseLeft({}, after(reserved('o1', { amount: eur(5) })), { budget: eur(5) })).toBe(false);
  });

  it('a limit that is lowered takes back nothing and gives nothing more', () => {
    const ledger = after(reserved('o1'), reserved('o2'), committed('o1'));
    expect(reserveUse(ask('o3'), ledger, { uses: 1 })).toBe('used-up');
    expect(commitUse(ask('o2'), ledger)).toEqual(committed('o2'));
  });
});

describe('the ends of a hold', () => {
  const hold = reserved('o1', { customer: 'anna', amount: eur(300) });
  const terms = { orderId: 'o1', customer: 'anna', amount: eur(300) };

  it('is a use when its order is confirmed, once', () => {
    expect(commitUse(ask('o1'), after(hold))).toEqual({ kind: 'committed', ...terms });
    expect(commitUse(ask('o1'), after(hold, { kind: 'committed', ...terms }))).toBe('satisfied');
    expect(commitUse(ask('o1'), noUses())).toBe('satisfied');
  });

  it('can be had by others when it is released, with its amount and its customer', () => {
    const released = { kind: 'released', ...terms, expiresAt } as const;
    expect(releaseUse(ask('o1'), after(hold))).toEqual(released);
    const ledger = after(hold, released);
    expect(
      hasUseLeft({ customer: 'anna', amount: eur(300) }, ledger, { uses: 1, usesPerCustomer: 1, budget: eur(300) }),
    ).toBe(true);
    expect(releaseUse(ask('o1'), ledger)).toBe('satisfied');
  });

  it('closes the order that has none, once', () => {
    expect(releaseUse(ask('o1'), noUses())).toEqual(closed('o1'));
    expect(releaseUse(ask('o1'), after(closed('o1')))).toBe('satisfied');
  });
});

describe('returning a use', () => {
  const hold = reserved('o1', { customer: 'anna', amount: eur(300) });
  const use = { orderId: 'o1', customer: 'anna', amount: eur(300) };
  const request = ask('o1', { amount: eur(300) });
  const returned = { kind: 'returned', ...use, expiresAt } as const;

  it('gives back a use of a confirmed order, once', () => {
    const ledger = after(hold, { kind: 'committed', ...use });
    expect(returnUse(request, ledger)).toEqual(returned);
    expect(returnUse(request, evolveUses(ledger, returned))).toBe('satisfied');
    expect(ledger).toMatchObject({ used: 0, byCustomer: new Map(), amounts: new Map([['EUR', { used: 0, held: 0 }]]) });
  });

  it('releases a hold whose confirmation has not arrived yet, which then changes nothing', () => {
    const ledger = after(hold);
    expect(returnUse(request, ledger)).toEqual({ ...returned, kind: 'released' });
    evolveUses(ledger, { ...returned, kind: 'released' });
    expect(commitUse(request, ledger)).toBe('satisfied');
    expect(returnUse(request, ledger)).toBe('satisfied');
  });

  it('gives nothing back where nothing is used', () => {
    expect(returnUse(request, noUses())).toBe('satisfied');
    expect(returnUse(request, after(reserved('o2'), committed('o2'), closed('o1')))).toBe('satisfied');
  });

  it('takes a use that was counted for no customer from no customer', () => {
    const ledger = after(reserved('o1'), committed('o1'));
    expect(returnUse(ask('o1'), ledger)).toEqual({ kind: 'returned', orderId: 'o1', expiresAt });
  });
});

describe('what a ledger remembers', () => {
  it('an order that is over, until another one is whose hold expires more than a day later', () => {
    const ledger = after(closed('o1'), closed('o2', later(1)));
    expect([...ledger.closed.keys()]).toEqual(['o1', 'o2']);
    expect([...evolveUses(ledger, closed('o3', later(1.01))).closed.keys()]).toEqual(['o2', 'o3']);
  });

  it('an order that returned its use long after its hold expired, for as long as one of today', () => {
    const ledger = after(reserved('o1'), committed('o1'), reserved('o2', { expiresAt: later(9) }), {
      kind: 'returned',
      orderId: 'o1',
      expiresAt,
    });
    expect(returnUse(ask('o1'), evolveUses(ledger, closed('o3', later(9.5))))).toBe('satisfied');
  });

  it('nothing of a million orders that have used it', () => {
    const ledger = noUses();
    const limits: UseLimits = { uses: 2_000_000 };
    for (let n = 0; n < 1_000_000; n += 1) {
      const fact = reserveUse(ask(`order-${n}`, { amount: eur(100) }), ledger, limits);
      if (typeof fact === 'string') throw new Error(fact);
      evolveUses(evolveUses(ledger, fact), { ...committed(`order-${n}`), amount: eur(100) } as UseFact);
    }
    expect(ledger.used).toBe(1_000_000);
    expect(JSON.stringify(usesToJson(ledger)).length).toBeLessThan(200);
    expect(usesFromJson(usesToJson(ledger))).toEqual(ledger);
  });
});
