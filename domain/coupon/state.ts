import { evolveUses, noUses, usesFromJson, usesToJson } from '../shared/index.js';
import type { JsonObject, UseLedger } from '../shared/index.js';
import type { IdentifiedCode } from './commands.js';
import type { Batch, CodesIssued, CodesWithdrawn, CouponBucketEvent, CouponUseEvent } from './events.js';

// A bucket of coupons and a batch of them have streams of their own, so the context has two aggregates.

/**
 * The coupons of one bucket. It holds no code: whoever asks for a coupon knows its code, and by that its id. Most coupons of a large
 * batch are never used, so what is not there for each of them is kept aside.
 */
export interface CouponState {
  readonly batches: Batch[];
  /** By coupon id: the place of its batch in `batches`. */
  readonly coupons: Map<string, number>;
  readonly deactivated: Set<string>;
  /** By coupon id, of those that an order has asked for. */
  readonly uses: Map<string, UseLedger>;
}

/** What was requested once is not requested again. */
export type CouponBatchState = { readonly status: 'none' } | { readonly status: 'requested' };

const noCoupons = (): CouponState => ({
  batches: [],
  coupons: new Map(),
  deactivated: new Set(),
  uses: new Map(),
});

/** Changes the state in place: an event costs what its own coupons cost, however many others there are. */
function evolveCoupons(state: CouponState, event: CouponBucketEvent): CouponState {
  switch (event.type) {
    case 'coupon.codes-issued.v1':
      return issue(state, event.data);
    case 'coupon.codes-withdrawn.v1':
      return withdraw(state, event.data);
    case 'coupon.deactivated.v1':
      state.deactivated.add(event.data.couponId);
      return state;
    default:
      return countUse(state, event);
  }
}

function issue(state: CouponState, { ids, ...data }: CodesIssued['data']): CouponState {
  const { promotionId, holderId, batchId, uses, usesPerCustomer } = data;
  const limits = usesPerCustomer === undefined ? { uses } : { uses, usesPerCustomer };
  const batch = state.batches.push({ promotionId, holderId, batchId, ...limits }) - 1;
  for (const couponId of ids) state.coupons.set(couponId, batch);
  return state;
}

/** What somebody was faster to use is not taken from the order that has it. */
function withdraw(state: CouponState, { ids }: CodesWithdrawn['data']): CouponState {
  for (const couponId of ids) {
    if (state.uses.has(couponId)) state.deactivated.add(couponId);
    else state.coupons.delete(couponId);
  }
  return state;
}

function countUse(state: CouponState, event: CouponUseEvent): CouponState {
  const uses = state.uses.get(event.data.couponId) ?? noUses();
  state.uses.set(event.data.couponId, uses);
  switch (event.type) {
    case 'coupon.use-reserved.v1':
      evolveUses(uses, { kind: 'reserved', ...event.data });
      return state;
    case 'coupon.use-committed.v1':
      evolveUses(uses, { kind: 'committed', ...event.data });
      return state;
    case 'coupon.use-released.v1':
      evolveUses(uses, { kind: 'released', ...event.data });
      return state;
    case 'coupon.use-closed.v1':
      evolveUses(uses, { kind: 'closed', ...event.data });
      return state;
    case 'coupon.use-returned.v1':
      evolveUses(uses, { kind: 'returned', ...event.data });
      return state;
    default:
      event satisfies never;
      return state;
  }
}

const noBatch = (): CouponBatchState => ({ status: 'none' });

const evolveBatch = (): CouponBatchState => ({ status: 'requested' });

export const couponStates = { initialState: noCoupons, evolve: evolveCoupons };
export const batchStates = { initialState: noBatch, evolve: evolveBatch };

/** What a coupon's batch has in common; undefined where there is no such coupon. */
export function batchOf(couponId: string, { batches, coupons }: CouponState): Batch | undefined {
  const batch = coupons.get(couponId);
  return batch === undefined ? undefined : batches[batch];
}

/** The codes of a batch that another batch has. */
export const takenCodes = (
  state: CouponState,
  batchId: string,
  codes: readonly IdentifiedCode[],
): readonly IdentifiedCode[] =>
  codes.filter(({ couponId }) => (batchOf(couponId, state)?.batchId ?? batchId) !== batchId);

/** The uses of a coupon; none of one that no order has asked for. */
export const usesOf = (couponId: string, { uses }: CouponState): UseLedger => uses.get(couponId) ?? noUses();

// Rows rather than objects: a bucket's snapshot may hold thousands of coupons.
type Snapshot = {
  readonly batches: readonly Batch[];
  readonly coupons: readonly (readonly [couponId: string, batch: number])[];
  readonly deactivated: readonly string[];
  readonly uses: readonly (readonly [couponId: string, uses: JsonObject])[];
};

/** The folded bucket as JSON; reading it back gives a state of its own that equals the folded one. */
export const couponSnapshot = {
  version: 1,
  write: ({ batches, coupons, deactivated, uses }: CouponState): JsonObject => {
    const snapshot: Snapshot = {
      batches: [...batches],
      coupons: [...coupons],
      deactivated: [...deactivated],
      uses: Array.from(uses, ([couponId, ledger]) => [couponId, usesToJson(ledger)]),
    };
    return snapshot;
  },
  read: (json: JsonObject): CouponState => {
    const { batches, coupons, deactivated, uses } = json as Snapshot;
    return {
      batches: [...batches],
      coupons: new Map(coupons),
      deactivated: new Set(deactivated),
      uses: new Map(uses.map(([couponId, ledger]) => [couponId, usesFromJson(ledger)])),
    };
  },
};
