import { accept, zero } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type {
  FailPayment,
  RecordAuthorization,
  RecordCaptureFailure,
  RecordDecline,
  RecordRefund,
  RecordRefundFailure,
} from './commands.js';
import type { PaymentEvent } from './events.js';
import * as refusal from './refusals.js';
import { isCaptured, isUnsettled } from './state.js';
import type { Payment, Refund } from './state.js';

// What the provider said, once or several times, as an answer or as a notice: known is satisfied, contradicted refused.

type Decided = Decision<PaymentEvent>;

/**
 * Held money is always recorded, also after the payment had failed, was declined or was voided without knowing of it:
 * the payment is then authorised (again), and whoever has no use for it voids it.
 */
export function recordAuthorization({ expiresAt }: RecordAuthorization, state: Payment): Decided {
  const news = isUnsettled(state) || (state.status === 'voided' && !state.wasAuthorized);
  if (!news) return accept();
  const { paymentId, orderId, amount } = state;
  const until = expiresAt === undefined ? {} : { expiresAt };
  return accept({ type: 'payment.authorized.v1', data: { paymentId, orderId, amount, ...until } });
}

export function recordDecline({ code, detail }: RecordDecline, state: Payment): Decided {
  const { paymentId, orderId } = state;
  if (state.status === 'requested' || state.status === 'failed') {
    return accept({ type: 'payment.declined.v1', data: { paymentId, orderId, code, detail } });
  }
  // Voided without ever having been authorised: nothing is held, as the decline says too.
  const known = state.status === 'declined' || (state.status === 'voided' && !state.wasAuthorized);
  return known ? accept() : refusal.conflictingOutcome(state.status, 'declined');
}

export function failPayment({ code, detail }: FailPayment, state: Payment): Decided {
  if (state.status !== 'requested') return accept();
  const { paymentId, orderId } = state;
  return accept({ type: 'payment.failed.v1', data: { paymentId, orderId, code, detail } });
}

/** Capturing is final: what is not captured is let go. */
export function recordCapture(state: Payment): Decided {
  if (isCaptured(state)) return accept();
  if (state.status !== 'authorized' || state.capture === null || state.capture.failed) {
    return refusal.conflictingOutcome(state.status, 'captured');
  }
  const { paymentId, orderId, capture } = state;
  const { amount } = capture;
  return accept({ type: 'payment.captured.v1', data: { paymentId, orderId, amount, authorized: amount } });
}

export function recordCaptureFailure({ code, detail }: RecordCaptureFailure, state: Payment): Decided {
  if (state.status !== 'authorized' || state.capture === null) {
    return refusal.conflictingOutcome(state.status, 'refused a capture');
  }
  const { paymentId, orderId, capture } = state;
  if (capture.failed) return accept();
  const { amount } = capture;
  return accept({ type: 'payment.capture-failed.v1', data: { paymentId, orderId, amount, code, detail } });
}

/** With 0 where it never became known whether money was held. */
export function recordVoid(state: Payment): Decided {
  if (state.status === 'voided' || state.status === 'declined') return accept();
  if (isCaptured(state) || !state.voidRequested) return refusal.conflictingOutcome(state.status, 'voided');
  const amount = state.status === 'authorized' ? state.authorized : zero(state.amount.currency);
  const { paymentId, orderId } = state;
  return accept({ type: 'payment.voided.v1', data: { paymentId, orderId, amount } });
}

export function recordRefund({ refundId }: RecordRefund, state: Payment): Decided {
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'succeeded') return accept();
  if (refund.status === 'failed') return refusal.conflictingOutcome('without this refund', 'refunded by it');
  const { paymentId, orderId } = state;
  return accept({ type: 'payment.refunded.v1', data: { paymentId, orderId, refundId, amount: refund.amount } });
}

export function recordRefundFailure({ refundId, code, detail }: RecordRefundFailure, state: Payment): Decided {
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'failed') return accept();
  if (refund.status === 'succeeded') return refusal.conflictingOutcome(state.status, 'refused this refund');
  const { paymentId, orderId } = state;
  const { amount } = refund;
  return accept({ type: 'payment.refund-failed.v1', data: { paymentId, orderId, refundId, amount, code, detail } });
}

const refundOf = (state: Payment, refundId: string): Refund | undefined =>
  isCaptured(state) ? state.refunds.get(refundId) : undefined;
