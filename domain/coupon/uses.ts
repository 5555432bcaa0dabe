import { accept, commitUse, releaseUse, reserveUse, returnUse } from '../shared/index.js';
import type { Decision, UseFact } from '../shared/index.js';
import { bucketOf } from './codes.js';
import type { CommitUse, ReleaseUse, ReserveUse, ReturnUse } from './commands.js';
import type { CouponUseEvent } from './events.js';
import * as refusal from './refusals.js';
import { batchOf, usesOf } from './state.js';
import type { CouponState } from './state.js';

export function reserveCouponUse(command: ReserveUse, state: CouponState): Decision<CouponUseEvent> {
  const { couponId, orderId, customer, expiresAt } = command;
  const limits = batchOf(couponId, state);
  if (limits === undefined) return refusal.unknownCoupon();
  const outcome = reserveUse({ orderId, customer, expiresAt }, usesOf(couponId, state), limits);
  if (outcome === 'satisfied') return accept();
  if (outcome === 'closed') return refusal.orderIsOver();
  if (state.deactivated.has(couponId)) return refusal.unknownCoupon();
  return outcome === 'used-up' ? refusal.usedUp() : accept(useEvent(couponId, outcome));
}

const SETTLE = { 'commit-use': commitUse, 'release-use': releaseUse, 'return-use': returnUse };

/** A coupon that is not there has no uses: there is nothing to say of an order that asked for one. */
export function settleCouponUse(
  { type, couponId, orderId, customer, expiresAt }: CommitUse | ReleaseUse | ReturnUse,
  state: CouponState,
): Decision<CouponUseEvent> {
  if (!state.coupons.has(couponId)) return accept();
  const outcome = SETTLE[type]({ orderId, customer, expiresAt }, usesOf(couponId, state));
  return outcome === 'satisfied' ? accept() : accept(useEvent(couponId, outcome));
}

function useEvent(couponId: string, fact: UseFact): CouponUseEvent {
  const of = { bucket: bucketOf(couponId), couponId };
  switch (fact.kind) {
    case 'reserved':
      return { type: 'coupon.use-reserved.v1', data: { ...of, ...withoutKind(fact) } };
    case 'committed':
      return { type: 'coupon.use-committed.v1', data: { ...of, ...withoutKind(fact) } };
    case 'released':
      return { type: 'coupon.use-released.v1', data: { ...of, ...withoutKind(fact) } };
    case 'closed':
      return { type: 'coupon.use-closed.v1', data: { ...of, ...withoutKind(fact) } };
    case 'returned':
      return { type: 'coupon.use-returned.v1', data: { ...of, ...withoutKind(fact) } };
    default:
      return fact satisfies never;
  }
}

const withoutKind = <Fact extends UseFact>({ kind: _kind, ...use }: Fact): Omit<Fact, 'kind'> => use;
