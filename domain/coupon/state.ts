import { evolveUses, noUses, usesFromJson, usesToJson } from '../shared/index.js';
import type { JsonObject, UseLedger } from '../shared/index.js';
import type { Batch, CodesIssued, CodesWithdrawn, CouponEvent, CouponUseEvent } from './events.js';

/** A coupon in its bucket. */
export interface Coupon {
  /** Place in `batches`. */
  readonly batch: number;
  isDeactivated: boolean;
  /** Null before the first use, as most coupons of a large batch have none. */
  uses: UseLedger | null;
}

/** The coupons of one bucket, by id. It holds no code: whoever asks for a coupon knows its code, and knows the id by that. */
export interface CouponState {
  readonly batches: Batch[];
  readonly coupons: Map<string, Coupon>;
}

export const initialState = (): CouponState => ({ batches: [], coupons: new Map() });

/** Changes the state in place: an event costs what its own coupons cost, however many others there are. */
export function evolve(state: CouponState, event: CouponEvent): CouponState {
  switch (event.type) {
    case 'coupon.codes-issued.v1':
      return issue(state, event.data);
    case 'coupon.codes-withdrawn.v1':
      return withdraw(state, event.data);
    case 'coupon.deactivated.v1':
      return deactivate(state, event.data.couponId);
    default:
      return countUse(state, event);
  }
}

function issue(state: CouponState, { ids, ...data }: CodesIssued['data']): CouponState {
  const { promotionId, holderId, batchId, uses, usesPerCustomer } = data;
  const batch = state.batches.length;
  state.batches.push({
    promotionId,
    holderId,
    batchId,
    uses,
    ...(usesPerCustomer !== undefined && { usesPerCustomer }),
  });
  for (const couponId of ids) state.coupons.set(couponId, { batch, isDeactivated: false, uses: null });
  return state;
}

/** What somebody was faster to use is not taken from the order that has it. */
function withdraw(state: CouponState, { ids }: CodesWithdrawn['data']): CouponState {
  for (const couponId of ids) {
    if (state.coupons.get(couponId)?.uses === null) state.coupons.delete(couponId);
    else deactivate(state, couponId);
  }
  return state;
}

function deactivate(state: CouponState, couponId: string): CouponState {
  const coupon = state.coupons.get(couponId);
  if (coupon !== undefined) coupon.isDeactivated = true;
  return state;
}

function countUse(state: CouponState, event: CouponUseEvent): CouponState {
  const coupon = state.coupons.get(event.data.couponId);
  if (coupon === undefined) return state;
  const uses = (coupon.uses ??= noUses());
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

/** The terms of a coupon's batch. */
export function batchOf({ batch }: Coupon, { batches }: CouponState): Batch {
  const found = batches[batch];
  if (found === undefined) throw new RangeError(`there is no batch ${batch} of coupons`);
  return found;
}

// Rows rather than objects: a bucket's snapshot may hold thousands of them.
type CouponRow = readonly [couponId: string, batch: number, isDeactivated: boolean, uses: JsonObject | null];
type Snapshot = { readonly batches: readonly Batch[]; readonly coupons: readonly CouponRow[] };

/** The folded bucket as JSON; reading it back gives a state of its own that equals the folded one. */
export const couponSnapshot = {
  version: 1,
  write: ({ batches, coupons }: CouponState): JsonObject => {
    const snapshot: Snapshot = {
      batches: [...batches],
      coupons: Array.from(coupons, ([couponId, { batch, isDeactivated, uses }]) => [
        couponId,
        batch,
        isDeactivated,
        uses && usesToJson(uses),
      ]),
    };
    return snapshot;
  },
  read: (json: JsonObject): CouponState => {
    const { batches, coupons } = json as Snapshot;
    return {
      batches: [...batches],
      coupons: new Map(
        coupons.map(([couponId, batch, isDeactivated, uses]) => [
          couponId,
          { batch, isDeactivated, uses: uses && usesFromJson(uses) },
        ]),
      ),
    };
  },
};
