import type { Money, ShortLine } from '../../domain/shared/index.js';
import type { CheckoutSource } from '../effects/commands.js';

/**
 * How far a checkout is. `reserving` and `compensating` wait for every command they sent; `watching` has
 * ended, but may still hear of money that the provider holds.
 */
export type CheckoutPhase =
  'new' | 'reserving' | 'authorizing' | 'giving-up' | 'confirming' | 'compensating' | 'ending' | 'watching';

/** What is known of the money: never asked for, asked, held, refused, or no answer in time. */
export type MoneyKnown = 'none' | 'asked' | 'held' | 'refused' | 'given-up';

export interface Failure {
  readonly code: string;
  readonly detail: string;
  /** Id of the business event that it came by; what was recorded before there was this field lacks it. */
  readonly cause?: string;
}

export interface CheckoutState {
  readonly phase: CheckoutPhase;
  readonly orderId: string;
  readonly paymentId: string;
  readonly source: CheckoutSource;
  readonly amount: Money;
  readonly skus: readonly string[];
  /** Keys of the commands whose answers the phase waits for. */
  readonly waiting: readonly string[];
  /** Why it does not end well; the first reason counts. */
  readonly failure: Failure | null;
  /** SKUs that there was too little of, in the order in which it was heard. */
  readonly short: readonly ShortLine[];
  readonly orderOpened: boolean;
  readonly money: MoneyKnown;
  /** How often the provider was asked to authorise. */
  readonly asked: number;
  /** The provider waits for the buyer, who has to confirm the payment. */
  readonly buyerConfirms: boolean;
  /** Until when the provider may be asked for the first time. */
  readonly askBy: string | null;
  /** Money that came after the end is being, or was, let go. */
  readonly lateVoid: 'none' | 'sent' | 'answered';
}

export const newCheckout = (): CheckoutState => ({
  phase: 'new',
  orderId: '',
  paymentId: '',
  source: { cartId: '', revision: 0 },
  amount: { amount: 0, currency: '' },
  skus: [],
  waiting: [],
  failure: null,
  short: [],
  orderOpened: false,
  money: 'none',
  asked: 0,
  buyerConfirms: false,
  askBy: null,
  lateVoid: 'none',
});
