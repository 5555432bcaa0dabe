import type { EndedCheckout } from './events.js';

/** What has become of a checkout that was admitted. */
export type Standing = 'pending' | EndedCheckout['as'];

/** Satisfied when the checkout was admitted already; refused `CHECKOUT.TOO_MANY_PENDING` or `CHECKOUT.PAUSED`. */
export interface AdmitCheckout {
  readonly type: 'admit-checkout';
  readonly client: string;
  readonly orderId: string;
  readonly cartId: string;
  /** RFC 3339 UTC. */
  readonly now: string;
  /** By order id, of the checkouts admitted before; one that is not in it counts as pending. */
  readonly standings: ReadonlyMap<string, Standing>;
}

export type QuotaCommand = AdmitCheckout;
