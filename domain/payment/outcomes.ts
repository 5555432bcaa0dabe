import { accept, zero } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import * as refusal from './refusals.js';
import type {
  FailPayment,
  RecordActionRequired,
  RecordAuthorization,
  RecordCapture,
  RecordCaptureFailure,
  RecordDecline,
  RecordDispute,
  RecordDisputeClosed,
  RecordRefund,
  RecordRefundFailure,
  RecordVoid,
} from './commands.js';
import type { PaymentEvent } from './events.js';
import { isCaptured, isUnsettled } from './state.js';
import type { Payment, Refund } from './state.js';

// Facts that the provider reported, by its answer or by a webhook, once or repeatedly: a known fact is satisfied, one that
// contradicts the state refused.

type Decided = Decision<PaymentEvent>;

export const idsOf = ({ terms: { paymentId, orderId } }: Payment) => ({ paymentId, orderId });

type Said = Pick<RecordCapture, 'reference' | 'durationMs'>;

/** The members that every event of a provider's fact has. */
function reportedOf(state: Payment, { reference, durationMs }: Said) {
  const { provider, channel } = state.terms;
  return {
    ...idsOf(state),
    provider,
    ...(channel === undefined ? {} : { channel }),
    reference,
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** Records the action while the provider waits for the buyer; a later report of it is outdated. */
export function recordActionRequired({ action, ...said }: RecordActionRequired, state: Payment): Decided {
  if (state.status !== 'requested' || state.voidRequested || state.action?.url === action.url) return accept();
  const { personId } = state.terms;
  return accept({ type: 'payment.action-required.v1', data: { ...reportedOf(state, said), personId, action } });
}

/**
 * Records an authorisation, also after the payment had failed, was declined or was voided before it was known: the payment is
 * then authorised, and a saga that has no use for it voids it.
 */
export function recordAuthorization(command: RecordAuthorization, state: Payment): Decided {
  const news = isUnsettled(state) || (state.status === 'voided' && !state.wasAuthorized);
  if (!news) return accept();
  const { amount = state.terms.amount, expiresAt } = command;
  if (amount.currency !== state.terms.amount.currency) {
    return refusal.currencyMismatch(state.terms.amount.currency, amount.currency);
  }
  const until = expiresAt === undefined ? {} : { expiresAt };
  return accept({ type: 'payment.authorized.v1', data: { ...reportedOf(state, command), amount, ...until } });
}

export function recordDecline({ code, detail, ...said }: RecordDecline, state: Payment): Decided {
  if (state.status === 'requested' || state.status === 'failed') {
    return accept({ type: 'payment.declined.v1', data: { ...reportedOf(state, said), code, detail } });
  }
  // A payment that was voided before any authorisation holds nothing, which is what a decline reports.
  const known = state.status === 'declined' || (state.status === 'voided' && !state.wasAuthorized);
  return known ? accept() : refusal.conflictingOutcome(state.status, 'declined');
}

export function failPayment({ code, detail }: FailPayment, state: Payment): Decided {
  if (state.status !== 'requested') return accept();
  return accept({ type: 'payment.failed.v1', data: { ...idsOf(state), code, detail } });
}

/** Records a capture, which is final: the provider voids what is not captured. */
export function recordCapture(said: RecordCapture, state: Payment): Decided {
  if (isCaptured(state)) return accept();
  if (state.status !== 'authorized' || state.capture === null || state.capture.failed) {
    return refusal.conflictingOutcome(state.status, 'captured');
  }
  const { captureId, amount } = state.capture;
  return accept({
    type: 'payment.captured.v1',
    data: { ...reportedOf(state, said), captureId, amount, final: true, authorized: amount },
  });
}

export function recordCaptureFailure({ code, detail, ...said }: RecordCaptureFailure, state: Payment): Decided {
  if (state.status !== 'authorized' || state.capture === null) {
    return refusal.conflictingOutcome(state.status, 'refused a capture');
  }
  const { captureId, amount, failed } = state.capture;
  if (failed) return accept();
  return accept({
    type: 'payment.capture-failed.v1',
    data: { ...reportedOf(state, said), captureId, amount, code, detail },
  });
}

/** Records a void; its amount is 0 where no authorisation was ever known. */
export function recordVoid(said: RecordVoid, state: Payment): Decided {
  if (state.status === 'voided' || state.status === 'declined') return accept();
  if (isCaptured(state)) return refusal.conflictingOutcome(state.status, 'voided');
  const amount = state.status === 'authorized' ? state.authorized : zero(state.terms.amount.currency);
  const requested = state.voidRequested;
  return accept({ type: 'payment.voided.v1', data: { ...reportedOf(state, said), amount, requested } });
}

export function recordRefund({ refundId, ...said }: RecordRefund, state: Payment): Decided {
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'succeeded') return accept();
  if (refund.status === 'failed') return refusal.conflictingOutcome('without this refund', 'refunded by it');
  const { amount } = refund;
  return accept({ type: 'payment.refunded.v1', data: { ...reportedOf(state, said), refundId, amount } });
}

export function recordRefundFailure(command: RecordRefundFailure, state: Payment): Decided {
  const { refundId, code, detail } = command;
  const refund = refundOf(state, refundId);
  if (refund === undefined) return refusal.refundNotFound();
  if (refund.status === 'failed') return accept();
  if (refund.status === 'succeeded') return refusal.conflictingOutcome(state.status, 'refused this refund');
  const { amount } = refund;
  return accept({
    type: 'payment.refund-failed.v1',
    data: { ...reportedOf(state, command), refundId, amount, code, detail },
  });
}

const refundOf = (state: Payment, refundId: string): Refund | undefined =>
  isCaptured(state) ? state.refunds.get(refundId) : undefined;

// Disputes. Webhooks come in any order: a dispute that is closed was opened, and is not opened again.

export function recordDispute({ type: _type, ...dispute }: RecordDispute, state: Payment): Decided {
  if (!isCaptured(state)) return refusal.conflictingOutcome(state.status, 'disputed');
  if (state.disputes.has(dispute.reference)) return accept();
  return accept({ type: 'payment.disputed.v1', data: { ...reportedOf(state, dispute), ...dispute } });
}

export function recordDisputeClosed({ type: _type, ...closed }: RecordDisputeClosed, state: Payment): Decided {
  if (!isCaptured(state)) return refusal.conflictingOutcome(state.status, 'disputed');
  const outcome = state.disputes.get(closed.reference) ?? null;
  if (outcome === closed.outcome) return accept();
  if (outcome !== null) return refusal.conflictingOutcome(`${outcome} in this dispute`, closed.outcome);
  return accept({ type: 'payment.dispute-closed.v1', data: { ...reportedOf(state, closed), ...closed } });
}
