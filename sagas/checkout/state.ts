import type { Money, ShortLine } from '../../domain/shared/index.js';
import type { CheckoutSource } from '../effects/commands.js';

/**
 * The phase of a checkout. `reserving` and `compensating` wait for the replies of all their commands; `watching` has ended, but
 * the provider may still authorise the payment.
 */
export type CheckoutPhase =
  'new' | 'reserving' | 'authorizing' | 'giving-up' | 'confirming' | 'compensating' | 'ending' | 'watching';

/** The state of the payment: never requested, requested, authorised, refused, or given up without an answer. */
export type MoneyKnown = 'none' | 'asked' | 'held' | 'refused' | 'given-up';

export interface Failure {
  readonly code: string;
  readonly detail: string;
  /** Id of the business event that caused it; older records lack it. */
  readonly cause?: string;
}

export interface CheckoutState {
  readonly phase: CheckoutPhase;
  readonly orderId: string;
  readonly paymentId: string;
  readonly source: CheckoutSource;
  readonly amount: Money;
  readonly skus: readonly string[];
  /** When its holds expire; older records lack it. */
  readonly expiresAt?: string;
  /** Keys of the commands whose replies the phase waits for. */
  readonly waiting: readonly string[];
  /** Why the checkout fails; the first reason counts. */
  readonly failure: Failure | null;
  /** SKUs without enough stock, in the order of the replies. */
  readonly short: readonly ShortLine[];
  readonly orderOpened: boolean;
  readonly money: MoneyKnown;
  /** How often the provider was asked to authorise. */
  readonly asked: number;
  /** The provider waits for the buyer, who has to confirm the payment. */
  readonly buyerConfirms: boolean;
  /** Until when the provider may be asked for the first time. */
  readonly askBy: string | null;
  /** The provider was refused a question while the checkout was being given up: nobody asks it any more. */
  readonly askRefused?: boolean;
  /** Whether an authorisation that came after the end is being, or was, voided. */
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
