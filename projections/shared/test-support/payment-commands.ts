import type { PaymentCommand } from '../../../domain/payment/index.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });
/** 10.00 USD are asked for. */
export const request: PaymentCommand = {
  type: 'request-payment',
  paymentId: 'p-1',
  orderId: 'o-1',
  tender: 1,
  attempt: 1,
  amount: usd(1000),
  provider: 'sandbox',
  idempotencyKey: 'key-secret',
  personId: 'x',
  token: 'tok_secret',
};
export const authorize: PaymentCommand = { type: 'record-authorization', reference: 'at-1' };
export const capture = (amount: number): PaymentCommand => ({
  type: 'request-capture',
  captureId: `capture-${amount}`,
  amount: usd(amount),
  idempotencyKey: `capture-${amount}`,
});
export const captured: PaymentCommand = { type: 'record-capture', reference: 'at-2' };
export const refund = (refundId: string, amount: number): PaymentCommand => ({
  type: 'request-refund',
  refundId,
  amount: usd(amount),
  idempotencyKey: refundId,
});
export const refunded = (refundId: string): PaymentCommand => ({ type: 'record-refund', refundId, reference: 'at-3' });
