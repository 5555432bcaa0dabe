import type { Money } from '../../domain/shared/index.js';
import type { PaymentBalance } from './payment-balance.js';

/** Something that happened to a payment: wanted (`…-requested`) or said by the provider. */
export interface PaymentFact {
  /** The event's name without context and version, such as `capture-requested`. */
  readonly type: string;
  readonly at: string;
  readonly amount?: Money;
  /** Why, where something was refused or failed. */
  readonly code?: string;
  readonly detail?: string;
  readonly refundId?: string;
  /** What the provider calls it. */
  readonly reference?: string;
  /** Of a dispute. */
  readonly reason?: string;
  readonly respondBy?: string;
  readonly outcome?: string;
}

/** A payment with its facts, oldest first, and the balances folded from them. Id: the paymentId. */
export interface PaymentDocument extends PaymentBalance {
  orderId: string;
  /** Who was asked, and is asked from then on. */
  provider: string;
  /** What the provider calls the payment, once it has said so. */
  reference?: string;
  /** From 1: which part of the order's total it is for, and which try at it. */
  tender: number;
  attempt: number;
  /** What was asked of the provider. */
  amount: Money;
  facts: PaymentFact[];
  version: number;
}
