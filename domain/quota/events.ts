import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `quota-{client}`: never edit one, add a version and an upcaster.

/** How an earlier checkout of the client ended. */
export interface EndedCheckout {
  readonly orderId: string;
  /** `lost`: no cart was ever checked out for it. */
  readonly as: 'confirmed' | 'refused' | 'lost';
}

/** `client` is a keyed hash: neither an address nor a person can be read off it. */
export type CheckoutAdmitted = DomainEvent<
  'quota.checkout-admitted.v1',
  {
    readonly client: string;
    readonly orderId: string;
    readonly cartId: string;
    /** When it was admitted, RFC 3339 UTC. */
    readonly admittedAt: string;
    /** Earlier ones that had ended by then. */
    readonly ended: readonly EndedCheckout[];
  }
>;

export type QuotaEvent = CheckoutAdmitted;
