import type { PaymentCaptured, PaymentCommand, PaymentEvent } from '../index.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });

const ids = { paymentId: 'p1', orderId: 'o1' };
const no = { code: 'PAYMENT.DECLINED', detail: 'The card was declined.' };
const said = (reference: string) => ({ ...ids, provider: 'sandbox', reference });

export const action = { type: 'redirect', url: 'https://bank.example/confirm' } as const;

/** What happened to a payment of 100.00 USD. */
export const facts = {
  requested: {
    type: 'payment.requested.v1',
    data: {
      ...ids,
      tender: 1,
      attempt: 1,
      amount: usd(10_000),
      provider: 'sandbox',
      idempotencyKey: 'k1',
      personId: 'x',
      token: 'tok_ok',
    },
  },
  closed: { type: 'payment.closed.v1', data: { ...ids, reason: 'cancelled' } },
  actionRequired: { type: 'payment.action-required.v1', data: { ...said('at_1'), personId: 'x', action } },
  authorized: { type: 'payment.authorized.v1', data: { ...said('at_1'), amount: usd(10_000) } },
  declined: { type: 'payment.declined.v1', data: { ...said('at_1'), ...no } },
  failed: { type: 'payment.failed.v1', data: { ...ids, ...no } },
  voidRequested: { type: 'payment.void-requested.v1', data: { ...ids, idempotencyKey: 'v1', reason: 'cancelled' } },
} satisfies Record<string, PaymentEvent>;

/** Each capture has its key as its id. */
export const captureRequested = (amount: number, idempotencyKey = 'c1'): PaymentEvent => ({
  type: 'payment.capture-requested.v1',
  data: { ...ids, captureId: idempotencyKey, amount: usd(amount), final: true, idempotencyKey },
});
export const captured = (amount: number, captureId = 'c1'): PaymentCaptured => ({
  type: 'payment.captured.v1',
  data: { ...said('at_1_c'), captureId, amount: usd(amount), final: true, authorized: usd(amount) },
});
export const captureFailed = (amount: number, captureId = 'c1'): PaymentEvent => ({
  type: 'payment.capture-failed.v1',
  data: { ...said('at_1'), captureId, amount: usd(amount), ...no },
});
export const voided = (amount: number, requested = true): PaymentEvent => ({
  type: 'payment.voided.v1',
  data: { ...said('at_1'), amount: usd(amount), requested },
});
export const refundRequested = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refund-requested.v1',
  data: { ...ids, refundId, amount: usd(amount), idempotencyKey: refundId },
});
export const refunded = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refunded.v1',
  data: { ...said(`at_${refundId}`), refundId, amount: usd(amount) },
});
export const refundFailed = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refund-failed.v1',
  data: { ...said(`at_${refundId}`), refundId, amount: usd(amount), ...no },
});
export const disputed = (reference: string, amount: number): PaymentEvent => ({
  type: 'payment.disputed.v1',
  data: { ...said(reference), reference, amount: usd(amount), reason: 'fraudulent' },
});
export const disputeClosed = (reference: string, amount: number, outcome: 'won' | 'lost'): PaymentEvent => ({
  type: 'payment.dispute-closed.v1',
  data: { ...said(reference), reference, amount: usd(amount), outcome },
});

/** What is wanted of it and what the provider says. */
export const commands = {
  request: { type: 'request-payment', ...facts.requested.data },
  requireAction: { type: 'record-action-required', reference: 'at_1', action },
  authorize: { type: 'record-authorization', reference: 'at_1' },
  decline: { type: 'record-decline', reference: 'at_1', ...no },
  fail: { type: 'fail-payment', ...no },
  recordCapture: { type: 'record-capture', reference: 'at_1_c' },
  recordCaptureFailure: { type: 'record-capture-failure', reference: 'at_1', ...no },
  requestVoid: { type: 'request-void', ...ids, idempotencyKey: 'v1', reason: 'cancelled' },
  recordVoid: { type: 'record-void', reference: 'at_1' },
} satisfies Record<string, PaymentCommand>;

export const requestCapture = (amount: number, idempotencyKey = 'c1'): PaymentCommand => ({
  type: 'request-capture',
  captureId: idempotencyKey,
  amount: usd(amount),
  idempotencyKey,
});
export const requestRefund = (refundId: string, amount: number): PaymentCommand => ({
  type: 'request-refund',
  refundId,
  amount: usd(amount),
  idempotencyKey: refundId,
});
export const recordRefund = (refundId: string): PaymentCommand => ({
  type: 'record-refund',
  refundId,
  reference: `at_${refundId}`,
});
export const recordRefundFailure = (refundId: string): PaymentCommand => ({
  type: 'record-refund-failure',
  refundId,
  reference: `at_${refundId}`,
  ...no,
});
export const recordDispute = (reference: string, amount: number): PaymentCommand => ({
  type: 'record-dispute',
  reference,
  amount: usd(amount),
  reason: 'fraudulent',
});
export const recordDisputeClosed = (reference: string, amount: number, outcome: 'won' | 'lost'): PaymentCommand => ({
  type: 'record-dispute-closed',
  reference,
  amount: usd(amount),
  outcome,
});
