import type { PaymentBalance as ShownBalance, PaymentEvent } from '../../domain/payment/index.js';
import type { Kept } from '../shared/kept.js';

/** Balances of a payment, folded from its facts. */
export type PaymentBalance = Kept<ShownBalance>;

type DataOf<Type> = Extract<PaymentEvent, { readonly type: Type }>['data'];

// Each changes the balance that it is given, which may be part of a larger document, and answers it.

export function requested({ paymentId, amount }: DataOf<'payment.requested.v1'>): PaymentBalance {
  const none = { amount: 0, currency: amount.currency };
  return { paymentId, status: 'requested', authorized: none, captured: none, refunded: none };
}

export function actionRequired<Balance extends PaymentBalance>(
  balance: Balance,
  { action }: DataOf<'payment.action-required.v1'>,
): Balance {
  if (action !== null) balance.action = action;
  return balance;
}

export function authorized<Balance extends PaymentBalance>(
  balance: Balance,
  { amount, expiresAt }: DataOf<'payment.authorized.v1'>,
): Balance {
  balance.status = 'authorized';
  delete balance.action;
  balance.authorized = amount;
  if (expiresAt !== undefined) balance.expiresAt = expiresAt;
  return balance;
}

export function captured<Balance extends PaymentBalance>(
  balance: Balance,
  data: DataOf<'payment.captured.v1'>,
): Balance {
  balance.status = 'captured';
  delete balance.expiresAt;
  balance.captured = data.amount;
  balance.authorized = data.authorized;
  return balance;
}

export function voided<Balance extends PaymentBalance>(balance: Balance): Balance {
  balance.status = 'voided';
  delete balance.expiresAt;
  delete balance.action;
  balance.authorized = { amount: 0, currency: balance.authorized.currency };
  return balance;
}

export function refunded<Balance extends PaymentBalance>(
  balance: Balance,
  { amount }: DataOf<'payment.refunded.v1'>,
): Balance {
  balance.refunded = { amount: balance.refunded.amount + amount.amount, currency: amount.currency };
  balance.status = balance.refunded.amount < balance.captured.amount ? 'partially-refunded' : 'refunded';
  return balance;
}

/** Folds a decline: nothing is authorised. */
export function declined<Balance extends PaymentBalance>(balance: Balance): Balance {
  balance.status = 'declined';
  delete balance.action;
  balance.authorized = { amount: 0, currency: balance.authorized.currency };
  return balance;
}

/** Folds a missing answer; an outcome that was recorded before stays. */
export function failed<Balance extends PaymentBalance>(balance: Balance): Balance {
  if (balance.status === 'requested') balance.status = 'failed';
  delete balance.action;
  return balance;
}
