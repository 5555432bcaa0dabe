import type { PaymentCommand, PaymentEvent } from '../index.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });

const ids = { paymentId: 'p1', orderId: 'o1' };
const no = { code: 'PAYMENT.DECLINED', detail: 'The card was declined.' };

/** What happened to a payment of 100.00 USD. */
export const facts = {
  requested: {
    type: 'payment.requested.v1',
    data: { ...ids, amount: usd(10_000), provider: 'sandbox', idempotencyKey: 'k1', personId: 'x', token: 'tok_ok' },
  },
  authorized: { type: 'payment.authorized.v1', data: { ...ids, amount: usd(10_000) } },
  declined: { type: 'payment.declined.v1', data: { ...ids, ...no } },
  failed: { type: 'payment.failed.v1', data: { ...ids, ...no } },
  voidRequested: { type: 'payment.void-requested.v1', data: { ...ids, idempotencyKey: 'v1', reason: 'cancelled' } },
} satisfies Record<string, PaymentEvent>;

export const captureRequested = (amount: number, idempotencyKey = 'c1'): PaymentEvent => ({
  type: 'payment.capture-requested.v1',
  data: { ...ids, amount: usd(amount), idempotencyKey },
});
export const captured = (amount: number): PaymentEvent => ({
  type: 'payment.captured.v1',
  data: { ...ids, amount: usd(amount), authorized: usd(amount) },
});
export const captureFailed = (amount: number): PaymentEvent => ({
  type: 'payment.capture-failed.v1',
  data: { ...ids, amount: usd(amount), ...no },
});
export const voided = (amount: number): PaymentEvent => ({
  type: 'payment.voided.v1',
  data: { ...ids, amount: usd(amount) },
});
export const refundRequested = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refund-requested.v1',
  data: { ...ids, refundId, amount: usd(amount), idempotencyKey: refundId },
});
export const refunded = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refunded.v1',
  data: { ...ids, refundId, amount: usd(amount) },
});
export const refundFailed = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refund-failed.v1',
  data: { ...ids, refundId, amount: usd(amount), ...no },
});

/** What is wanted of it and what the provider says. */
export const commands = {
  request: { type: 'request-payment', ...facts.requested.data },
  authorize: { type: 'record-authorization' },
  decline: { type: 'record-decline', ...no },
  fail: { type: 'fail-payment', ...no },
  recordCapture: { type: 'record-capture' },
  recordCaptureFailure: { type: 'record-capture-failure', ...no },
  requestVoid: { type: 'request-void', idempotencyKey: 'v1', reason: 'cancelled' },
  recordVoid: { type: 'record-void' },
} satisfies Record<string, PaymentCommand>;

export const requestCapture = (amount: number, idempotencyKey = 'c1'): PaymentCommand => ({
  type: 'request-capture',
  amount: usd(amount),
  idempotencyKey,
});
export const requestRefund = (refundId: string, amount: number): PaymentCommand => ({
  type: 'request-refund',
  refundId,
  amount: usd(amount),
  idempotencyKey: refundId,
});
export const recordRefund = (refundId: string): PaymentCommand => ({ type: 'record-refund', refundId });
export const recordRefundFailure = (refundId: string): PaymentCommand => ({
  type: 'record-refund-failure',
  refundId,
  ...no,
});
