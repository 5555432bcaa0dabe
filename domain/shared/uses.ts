import type { JsonObject } from './json.js';
import type { Money } from './money.js';

// A use of a promotion or of a coupon is stock: it is held for an order while that is checked out, used when the order is
// confirmed, and given back when the order ends in another way. An aggregate that has uses holds a ledger of them, decides on it
// with the functions here and records what they answer in events of its own.

/** What is allowed altogether; a member that is absent limits nothing. */
export type UseLimits = {
  /** Orders that may have a use. */
  readonly uses?: number;
  /** Orders of one customer that may have one. */
  readonly usesPerCustomer?: number;
  /** What the uses may amount to; nothing in another currency is given at all, as amounts are never converted. */
  readonly budget?: Money;
};

/** An order's use. `customer` is absent where uses are not limited by customer, so that only then somebody is remembered. */
export type Use = {
  readonly orderId: string;
  /** The id of the account, else the random id of the e-mail's person. */
  readonly customer?: string;
  /** What it takes from the budget: the discount of the order. */
  readonly amount?: Money;
};

/**
 * What happened to a use; each aggregate records these members in an event type of its own. `expiresAt` (RFC 3339 UTC) is when the
 * hold ends that the order has asked for: an order that is over is remembered for a day longer.
 */
export type UseFact =
  | ({ readonly kind: 'reserved'; readonly expiresAt: string } & Use)
  /** The order is confirmed: its hold is a use. */
  | ({ readonly kind: 'committed' } & Use)
  /** The hold is gone, and the order is given none any more. */
  | ({ readonly kind: 'released'; readonly expiresAt: string } & Use)
  /** The order had no hold and is given none any more, whoever sends its request again. */
  | { readonly kind: 'closed'; readonly orderId: string; readonly expiresAt: string }
  /** The use of a confirmed order that was cancelled can be had by another one. */
  | ({ readonly kind: 'returned'; readonly expiresAt: string } & Use);

/** A fact to record; `satisfied` where there is none; `used-up` and `closed` (the order is over) are for refusals. */
export type UseOutcome<Kind extends UseFact['kind'], Refused extends string = never> =
  | Extract<UseFact, { readonly kind: Kind }>
  | 'satisfied'
  | Refused;

/** The uses of one promotion or coupon. Its size is that of what is held, not of what was ever used. */
export interface UseLedger {
  /** Orders that have used it and did not give it back. */
  used: number;
  /** By currency, minor units. */
  readonly amounts: Map<string, { used: number; held: number }>;
  /** By order id. */
  readonly holds: Map<string, Omit<Use, 'orderId'>>;
  /** Uses and holds of a customer, of those that named one. */
  readonly byCustomer: Map<string, number>;
  /** Orders that are over: id → the latest expiry that was known then, ms since the epoch; so never descending. */
  readonly closed: Map<string, number>;
  /** The latest expiry of all facts. */
  latestExpiry: number;
}

/** A command about an order's use. */
export interface UseRequest {
  readonly orderId: string;
  readonly customer: string;
  readonly amount?: Money;
  readonly expiresAt: string;
}

const CLOSED_KEPT_MS = 24 * 60 * 60_000;

export const noUses = (): UseLedger => ({
  used: 0,
  amounts: new Map(),
  holds: new Map(),
  byCustomer: new Map(),
  closed: new Map(),
  latestExpiry: 0,
});

/**
 * Whether an order may have a use now, where holds count as uses; a customer or an amount that is not known yet is not looked at,
 * but a budget has to have something left.
 */
export function hasUseLeft(
  { customer, amount }: Omit<Use, 'orderId'>,
  ledger: UseLedger,
  { uses = Infinity, usesPerCustomer = Infinity, budget }: UseLimits,
): boolean {
  if (ledger.used + ledger.holds.size >= uses) return false;
  if (customer !== undefined && (ledger.byCustomer.get(customer) ?? 0) >= usesPerCustomer) return false;
  if (budget === undefined) return amount === undefined || isLeft(amount, ledger, Infinity);
  const wanted = amount ?? { amount: 1, currency: budget.currency };
  return wanted.currency === budget.currency && isLeft(wanted, ledger, budget.amount);
}

function isLeft({ amount, currency }: Money, { amounts }: UseLedger, most: number): boolean {
  const { used, held } = amounts.get(currency) ?? { used: 0, held: 0 };
  const sum = used + held + amount;
  // Where sums would not be exact any more there is nothing left either.
  return Number.isSafeInteger(sum) && sum <= most;
}

/** Whether some order may have a use once this has happened. */
export function hasUseLeftAfter(fact: UseFact, ledger: UseLedger, { uses = Infinity, budget }: UseLimits): boolean {
  const change = CHANGE[fact.kind];
  if (ledger.used + ledger.holds.size + change >= uses) return false;
  if (budget === undefined) return true;
  const { used, held } = ledger.amounts.get(budget.currency) ?? { used: 0, held: 0 };
  const amount = 'amount' in fact && fact.amount?.currency === budget.currency ? fact.amount.amount : 0;
  return used + held + change * amount < budget.amount;
}

/** By how much the uses that are had or held change. */
const CHANGE: Readonly<Record<UseFact['kind'], number>> = {
  reserved: 1,
  committed: 0,
  released: -1,
  closed: 0,
  returned: -1,
};

/** Holds a use for an order. The same request again is satisfied. */
export function reserveUse(
  { orderId, customer, amount, expiresAt }: UseRequest,
  ledger: UseLedger,
  limits: UseLimits,
): UseOutcome<'reserved', 'used-up' | 'closed'> {
  if (ledger.holds.has(orderId)) return 'satisfied';
  if (ledger.closed.has(orderId)) return 'closed';
  if (!hasUseLeft({ customer, ...(amount && { amount }) }, ledger, limits)) return 'used-up';
  const counted = limits.usesPerCustomer === undefined ? {} : { customer };
  return { kind: 'reserved', orderId, ...counted, ...(amount && { amount }), expiresAt };
}

/** Makes a hold a use, as its order is confirmed; satisfied where there is no hold (any more). */
export function commitUse({ orderId }: Pick<UseRequest, 'orderId'>, ledger: UseLedger): UseOutcome<'committed'> {
  const hold = ledger.holds.get(orderId);
  return hold === undefined ? 'satisfied' : { kind: 'committed', orderId, ...hold };
}

/**
 * Ends the hold of an order that was not confirmed. Where it has none it is closed: its request may still be on the way, sent again by
 * a runner that was suspended, and must find nothing when there are uses again.
 */
export function releaseUse(
  { orderId, expiresAt }: Pick<UseRequest, 'orderId' | 'expiresAt'>,
  ledger: UseLedger,
): UseOutcome<'released' | 'closed'> {
  const hold = ledger.holds.get(orderId);
  if (hold !== undefined) return { kind: 'released', orderId, ...hold, expiresAt };
  return ledger.closed.has(orderId) ? 'satisfied' : { kind: 'closed', orderId, expiresAt };
}

/**
 * Gives back the use of an order that was confirmed and is cancelled: once, however often it is asked for. A confirmation that has not
 * arrived yet finds a hold no more. Which orders have used it is not kept, so nobody may ask this for an order that had no use.
 */
export function returnUse(
  { orderId, customer, amount, expiresAt }: UseRequest,
  ledger: UseLedger,
): UseOutcome<'released' | 'returned'> {
  const hold = ledger.holds.get(orderId);
  if (hold !== undefined) return { kind: 'released', orderId, ...hold, expiresAt };
  if (ledger.closed.has(orderId) || ledger.used === 0) return 'satisfied';
  // Uses from before there was a limit by customer, or after, are nobody's.
  const counted = ledger.byCustomer.has(customer) ? { customer } : {};
  return { kind: 'returned', orderId, ...counted, ...(amount && { amount }), expiresAt };
}

/** Folds a fact, in place; its costs do not depend on how many uses, holds and customers there are. */
export function evolveUses(ledger: UseLedger, fact: UseFact): UseLedger {
  switch (fact.kind) {
    case 'reserved':
      ledger.holds.set(fact.orderId, termsOf(fact));
      noteExpiry(ledger, fact);
      countCustomer(ledger, fact, 1);
      countAmount(ledger, fact, { used: 0, held: 1 });
      return ledger;
    case 'committed':
      ledger.holds.delete(fact.orderId);
      ledger.used += 1;
      countAmount(ledger, fact, { used: 1, held: -1 });
      return ledger;
    case 'released':
      ledger.holds.delete(fact.orderId);
      countCustomer(ledger, fact, -1);
      countAmount(ledger, fact, { used: 0, held: -1 });
      return close(ledger, fact);
    case 'closed':
      return close(ledger, fact);
    case 'returned':
      ledger.used -= 1;
      countCustomer(ledger, fact, -1);
      countAmount(ledger, fact, { used: -1, held: 0 });
      return close(ledger, fact);
    default:
      fact satisfies never;
      return ledger;
  }
}

const termsOf = ({ customer, amount }: Use): Omit<Use, 'orderId'> => ({
  ...(customer !== undefined && { customer }),
  ...(amount && { amount }),
});

function countCustomer({ byCustomer }: UseLedger, { customer }: Use, by: 1 | -1): void {
  if (customer === undefined) return;
  const count = (byCustomer.get(customer) ?? 0) + by;
  // A customer that has given everything back leaves the state.
  if (count <= 0) byCustomer.delete(customer);
  else byCustomer.set(customer, count);
}

function countAmount({ amounts }: UseLedger, { amount }: Use, by: { used: number; held: number }): void {
  if (amount === undefined) return;
  const { used, held } = amounts.get(amount.currency) ?? { used: 0, held: 0 };
  amounts.set(amount.currency, { used: used + by.used * amount.amount, held: held + by.held * amount.amount });
}

function noteExpiry(ledger: UseLedger, { expiresAt }: { readonly expiresAt: string }): void {
  ledger.latestExpiry = Math.max(ledger.latestExpiry, Date.parse(expiresAt));
}

/** Remembers that an order is over, and forgets the earliest ones that nobody asks for any more. */
function close(ledger: UseLedger, fact: { readonly orderId: string; readonly expiresAt: string }): UseLedger {
  noteExpiry(ledger, fact);
  const { closed, latestExpiry } = ledger;
  closed.set(fact.orderId, latestExpiry);
  for (const [earliest, itsExpiry] of closed) {
    if (latestExpiry - itsExpiry <= CLOSED_KEPT_MS) break;
    closed.delete(earliest);
  }
  return ledger;
}

type HoldRow = readonly [orderId: string, customer: string | null, amount: Money | null];
type LedgerJson = {
  readonly used: number;
  readonly amounts: readonly (readonly [currency: string, used: number, held: number])[];
  readonly holds: readonly HoldRow[];
  readonly byCustomer: readonly (readonly [customer: string, count: number])[];
  readonly closed: readonly (readonly [orderId: string, expiry: number])[];
  readonly latestExpiry: number;
};

/** A ledger as a member of an aggregate's snapshot. */
export function usesToJson({ used, amounts, holds, byCustomer, closed, latestExpiry }: UseLedger): JsonObject {
  const json: LedgerJson = {
    used,
    amounts: Array.from(amounts, ([currency, sums]) => [currency, sums.used, sums.held]),
    holds: Array.from(holds, ([orderId, { customer, amount }]) => [orderId, customer ?? null, amount ?? null]),
    byCustomer: [...byCustomer],
    closed: [...closed],
    latestExpiry,
  };
  return json;
}

/** Reads what {@link usesToJson} has written, to a ledger of its own. */
export function usesFromJson(json: JsonObject): UseLedger {
  const { used, amounts, holds, byCustomer, closed, latestExpiry } = json as LedgerJson;
  return {
    used,
    amounts: new Map(amounts.map(([currency, sum, held]) => [currency, { used: sum, held }])),
    holds: new Map(
      holds.map(([orderId, customer, amount]) => [
        orderId,
        { ...(customer !== null && { customer }), ...(amount && { amount }) },
      ]),
    ),
    byCustomer: new Map(byCustomer),
    closed: new Map(closed),
    latestExpiry,
  };
}
