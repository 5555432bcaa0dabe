import { accept, zero } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type {
  FailPayment,
  RecordActionRequired,
  RecordAuthorization,
  RecordCapture,
  RecordCaptureFailure,
  RecordDecline,
  RecordRefund,
  RecordRefundFailure,
  RecordVoid,
} from './commands.js';
import type { PaymentEvent } from './events.js';
import * as refusal from './refusals.js';
import { isCaptured, isUnsettled } from './state.js';
import type { Payment, Refund } from './state.js';

// What the provider said, once or several times, as an answer or as a notice: known is satisfied, contradicted refused.

type Decided = Decision<PaymentEvent>;

export const idsOf = ({ terms: { paymentId, orderId } }: Payment) => ({ paymentId, orderId });

/** Every fact that the provider told begins like this. */
export const saidOf = (state: Payment, reference: string | null) => ({
  ...idsOf(state),
  provider: state.terms.provider,
  reference,
});

/** News only while the provider waits for the buyer: after that, what comes late has been overtaken. */
export function recordActionRequired({ reference, action }: RecordActionRequired, state: Payment): Decided {
  if (state.status !== 'requested' || state.voidRequested || state.action?.url === action.url) return accept();
  const { personId } = state.terms;
  return accept({ type: 'payment.action-required.v1', data: { ...saidOf(state, reference), personId, action } });
}

/**
 * Held money is always recorded, also after the payment had failed, was declined or was voided without knowing of it:
 * the payment is then authorised (again), and whoever has no use for it voids it.
 */
export function recordAuthorization(command: RecordAuthorization, state: Payment): Decided {
  const news = isUnsettled(state) || (state.status === 'voided' && !state.wasAuthorized);
  if (!news) return accept();
  const { reference, amount = state.terms.amount, expiresAt } = command;
  if (amount.currency !== state.terms.amount.currency) {
    return refusal.currencyMismatch(state.terms.amount.currency, amount.currency);
  }
  const until = expiresAt === undefined ? {} : { expiresAt };
  return accept({ type: 'payment.authorized.v1', data: { ...saidOf(state, reference), amount, ...until } });
}

export function recordDecline({ reference, code, detail }: RecordDecline, state: Payment): Decided {
  if (state.status === 'requested' || state.status === 'failed') {
    return accept({ type: 'payment.declined.v1', data: { ...saidOf(state, reference), code, detail } });
  }
  // Voided without ever having been authorised: nothing is held, as the decline says too.
  const known = state.status === 'declined' || (state.status === 'voided' && !state.wasAuthorized);
  return known ? accept() : refusal.conflictingOutcome(state.status, 'declined');
}

export function failPayment({ code, detail }: FailPayment, state: Payment): Decided {
  if (state.status !== 'requested') return accept();
  return accept({ type: 'payment.failed.v1', data: { ...idsOf(state), code, detail } });
}

/** Captures are final so far: what is not captured is let go. */
export function recordCapture({ reference }: RecordCapture, state: Payment): Decided {
  if (isCaptured(state)) return accept();
  if (state.status !== 'authorized' || state.capture === null || state.capture.failed) {
    return refusal.conflictingOutcome(state.status, 'captured');
  }
  const { captureId, amount } = state.capture;
  return accept({
    type: 'payment.captured.v1',
    data: { ...saidOf(state, reference), captureId, amount, final: true, authorized: amount },
  });
}

export function recordCaptureFailure({ reference, code, detail }: RecordCaptureFailure, state: Payment): Decided {
  if (state.status !== 'authorized' || state.capture === null) {
    return refusal.conflictingOutcome(state.status, 'refused a capture');
  }
  const { captureId, amount, failed } = state.capture;
  if (failed) return accept();
  return accept({
    type: 'payment.capture-failed.v1',
    data: { ...saidOf(state, reference), captureId, amount, code, detail },
  });
}

/** With 0 where it never became known whether money was held. */
export function recordVoid({ reference }: RecordVoid, state: Payment): Decided {
  if (state.status === 'voided' || state.status === 'declined') return accept();
  if (isCaptured(state)) return refusal.conflictingOutcome(state.status, 'voided');
  const amount = state.status === 'authorized' ? state.authorized : zero(state.terms.amount.currency);
  const requested = state.voidRequested;
  return accept({ type: 'payment.voided.v1', data: { ...saidOf(state, reference), amount, requested } });
}

export function recordRefund({ refundId, reference }: RecordRefund, state: Payment): Decided {
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'succeeded') return accept();
  if (refund.status === 'failed') return refusal.conflictingOutcome('without this refund', 'refunded by it');
  const { amount } = refund;
  return accept({ type: 'payment.refunded.v1', data: { ...saidOf(state, reference), refundId, amount } });
}

export function recordRefundFailure(command: RecordRefundFailure, state: Payment): Decided {
  const { refundId, reference, code, detail } = command;
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'failed') return accept();
  if (refund.status === 'succeeded') return refusal.conflictingOutcome(state.status, 'refused this refund');
  const { amount } = refund;
  return accept({
    type: 'payment.refund-failed.v1',
    data: { ...saidOf(state, reference), refundId, amount, code, detail },
  });
}

const refundOf = (state: Payment, refundId: string): Refund | undefined =>
  isCaptured(state) ? state.refunds.get(refundId) : undefined;
