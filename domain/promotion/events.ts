import type { PromotionTerms } from '../pricing/index.js';
import type { DomainEvent } from '../shared/decider.js';
import type { Money } from '../shared/money.js';
import type { UseFact } from '../shared/uses.js';

// These types are the storage format of streams `promotion-{promotionId}` and `promotionregister-{registerId}`: never edit one, add
// a version and an upcaster.

/** How often a promotion may be used, and for how much altogether; absent means without a limit. */
export interface PromotionLimits {
  readonly uses?: number;
  readonly usesPerCustomer?: number;
  readonly budget?: Money;
}

/** What a promotion does, for whom, in which time and how often. */
export interface PromotionDetails extends Omit<PromotionTerms, 'promotionId'> {
  readonly description?: string;
  /** RFC 3339 UTC: in force from this moment on … */
  readonly from?: string;
  /** … and ended from this one on. */
  readonly to?: string;
  readonly limits?: PromotionLimits;
}

/** A draft, which nobody gets. */
export type PromotionCreated = DomainEvent<'promotion.created.v1', PromotionDetails & { readonly promotionId: string }>;
/** Holds all details as they are from now on. One whose `from` is another waits for its beginning anew. */
export type PromotionChanged = DomainEvent<'promotion.changed.v1', PromotionDetails & { readonly promotionId: string }>;
/** It waits for its beginning. The window is repeated for who follows it. */
export type PromotionActivated = DomainEvent<
  'promotion.activated.v1',
  { readonly promotionId: string; readonly from?: string; readonly to?: string }
>;
/** The promotion is in force from now on: it is active, and its `from` has passed. */
export type PromotionBegun = DomainEvent<'promotion.begun.v1', { readonly promotionId: string }>;
export type PromotionPaused = DomainEvent<'promotion.paused.v1', { readonly promotionId: string }>;
/** It never comes back. By its window where its `to` has passed, else by request. */
export type PromotionEnded = DomainEvent<
  'promotion.ended.v1',
  { readonly promotionId: string; readonly by: 'request' | 'window' }
>;

/** No further order may use it: the last use is held or had, or the limits were lowered. It is out of force until there is one again. */
export type PromotionUsedUp = DomainEvent<'promotion.used-up.v1', { readonly promotionId: string }>;
/** A use was given back, or the limits were raised. */
export type PromotionUsableAgain = DomainEvent<'promotion.usable-again.v1', { readonly promotionId: string }>;

type UseOf<Kind extends UseFact['kind']> = { readonly promotionId: string } & Omit<
  Extract<UseFact, { readonly kind: Kind }>,
  'kind'
>;

/** See `UseFact` in `domain/shared/uses.ts`. A promotion without limits has none: a hot promotion is no hot stream. */
export type PromotionUseEvent =
  | DomainEvent<'promotion.use-reserved.v1', UseOf<'reserved'>>
  | DomainEvent<'promotion.use-committed.v1', UseOf<'committed'>>
  | DomainEvent<'promotion.use-released.v1', UseOf<'released'>>
  | DomainEvent<'promotion.use-closed.v1', UseOf<'closed'>>
  | DomainEvent<'promotion.use-returned.v1', UseOf<'returned'>>;

/** Buyers get the promotion from now on, by these terms; it replaces what the register had of it. */
export type PromotionEntered = DomainEvent<
  'promotion-register.entered.v1',
  {
    readonly promotionId: string;
    /** Of the promotion that the terms are of. */
    readonly edition: number;
    readonly terms: PromotionTerms;
    readonly limits?: PromotionLimits;
  }
>;
/** No buyer gets the promotion from now on. */
export type PromotionLeft = DomainEvent<
  'promotion-register.left.v1',
  { readonly promotionId: string; readonly edition: number }
>;

/** What admins and the window of a promotion lead to. */
export type PromotionLifecycleEvent =
  | PromotionCreated
  | PromotionChanged
  | PromotionActivated
  | PromotionBegun
  | PromotionPaused
  | PromotionEnded
  | PromotionUsedUp
  | PromotionUsableAgain;
export type PromotionStreamEvent = PromotionLifecycleEvent | PromotionUseEvent;
export type PromotionRegisterEvent = PromotionEntered | PromotionLeft;
export type PromotionEvent = PromotionStreamEvent | PromotionRegisterEvent;
