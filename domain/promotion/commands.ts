import type { UseRequest } from '../shared/uses.js';
import type { PromotionEntered, PromotionLeft } from './events.js';

/** Creates a draft; refused with everything that is wrong with it. */
export interface CreatePromotion {
  readonly type: 'create-promotion';
  readonly promotionId: string;
  /** Parsed JSON that has yet to be looked at. */
  readonly promotion: unknown;
}
/**
 * Changes the members that are given; null takes an optional one away. Refused with everything that is wrong with the outcome, and
 * for one that has ended. Satisfied where nothing changes.
 */
export interface ChangePromotion {
  readonly type: 'change-promotion';
  /** Parsed JSON that has yet to be looked at. */
  readonly changes: unknown;
  /** RFC 3339 UTC, now. */
  readonly at: string;
}
/** Refused for one that has ended; satisfied for one that is active. One whose `to` has passed ends at once. */
export interface ActivatePromotion {
  readonly type: 'activate-promotion';
  readonly at: string;
}
/** Refused for a draft and for one that has ended; satisfied for one that is paused. */
export interface PausePromotion {
  readonly type: 'pause-promotion';
}
/** Ends it for good; satisfied for one that has ended. */
export interface EndPromotion {
  readonly type: 'end-promotion';
}
/** Begins and ends what is to begin and to end by now; satisfied where nothing is. */
export interface FollowWindow {
  readonly type: 'follow-window';
  readonly at: string;
}
/**
 * Holds a use for an order that was checked out with the promotion, whatever became of its status and its window since. Refused where
 * it is used up, and where the order is over.
 */
export interface ReserveUse extends UseRequest {
  readonly type: 'reserve-use';
}
/** Satisfied where the order holds none. */
export interface CommitUse extends UseRequest {
  readonly type: 'commit-use';
}
/** An order that holds none is given none any more. */
export interface ReleaseUse extends UseRequest {
  readonly type: 'release-use';
}
/** For orders that were confirmed with a use, whether that was committed here yet or not. */
export interface ReturnUse extends UseRequest {
  readonly type: 'return-use';
}
export type PromotionUseCommand = ReserveUse | CommitUse | ReleaseUse | ReturnUse;

export type PromotionCommand =
  | CreatePromotion
  | ChangePromotion
  | ActivatePromotion
  | PausePromotion
  | EndPromotion
  | FollowWindow
  | PromotionUseCommand;

/** Satisfied where the register has this edition of the promotion, or a later one. */
export type EnterPromotion = PromotionEntered['data'] & { readonly type: 'enter-promotion' };
/** Satisfied where the promotion is not in the register, or a later edition of it is. */
export type LeavePromotion = PromotionLeft['data'] & { readonly type: 'leave-promotion' };
export type PromotionRegisterCommand = EnterPromotion | LeavePromotion;
