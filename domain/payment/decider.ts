import { accept, money, sameMoney } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Money } from '../shared/index.js';
import type {
  PaymentCommand,
  RecordFact,
  RequestCapture,
  RequestPayment,
  RequestRefund,
  RequestVoid,
} from './commands.js';
import type { PaymentEvent } from './events.js';
import * as outcome from './outcomes.js';
import * as refusal from './refusals.js';
import { evolve, initialState, isCaptured } from './state.js';
import type { AuthorizedPayment, NoPayment, Payment, PaymentState } from './state.js';

type Decided = Decision<PaymentEvent>;

// Requests to the provider, each recorded before the provider is called; what came of them is in outcomes.ts.

const isAmount = ({ amount }: Money): boolean => Number.isSafeInteger(amount) && amount >= 0;

function requestPayment({ type: _type, ...asked }: RequestPayment, state: PaymentState): Decided {
  if (!isAmount(asked.amount)) return refusal.invalidAmount();
  if (state.status === 'none') {
    return state.closed ? refusal.paymentClosed() : accept({ type: 'payment.requested.v1', data: asked });
  }
  const { orderId, amount } = state.terms;
  return orderId === asked.orderId && sameMoney(amount, asked.amount) ? accept() : refusal.alreadyRequested();
}

function requestCapture(command: RequestCapture, state: Payment): Decided {
  if (isCaptured(state) && state.captureKey === command.idempotencyKey) return accept();
  if (state.status !== 'authorized' || state.voidRequested) return refusal.notAuthorized(state.status);
  const { capture } = state;
  if (capture?.idempotencyKey === command.idempotencyKey) return accept();
  if (capture !== null && !capture.failed) {
    return sameMoney(capture.amount, command.amount) ? accept() : refusal.captureUnderWay();
  }
  return capturable(command, state);
}

function capturable({ captureId, amount, idempotencyKey }: RequestCapture, state: AuthorizedPayment): Decided {
  const { authorized } = state;
  if (!isAmount(amount)) return refusal.invalidAmount();
  if (amount.currency !== authorized.currency) return refusal.currencyMismatch(authorized.currency, amount.currency);
  if (amount.amount > authorized.amount) return refusal.captureExceedsAuthorized(authorized, amount);
  return accept({
    type: 'payment.capture-requested.v1',
    data: { ...outcome.idsOf(state), captureId, amount, final: true, idempotencyKey },
  });
}

/** Requests a void, also while the outcome of the authorisation is unknown: the provider then voids whatever it may hold. */
function requestVoid({ idempotencyKey, reason }: RequestVoid, state: Payment): Decided {
  if (isCaptured(state)) return refusal.alreadyCaptured();
  if (state.status === 'declined' || state.status === 'voided' || state.voidRequested) return accept();
  if (state.status === 'authorized' && state.capture !== null && !state.capture.failed) {
    return refusal.captureUnderWay();
  }
  return accept({ type: 'payment.void-requested.v1', data: { ...outcome.idsOf(state), idempotencyKey, reason } });
}

function closePayment({ paymentId, orderId, reason }: RequestVoid, { closed }: NoPayment): Decided {
  return closed ? accept() : accept({ type: 'payment.closed.v1', data: { paymentId, orderId, reason } });
}

function requestRefund({ refundId, amount, idempotencyKey }: RequestRefund, state: Payment): Decided {
  const { currency } = state.terms.amount;
  if (!isAmount(amount) || amount.amount === 0) return refusal.invalidAmount();
  if (amount.currency !== currency) return refusal.currencyMismatch(currency, amount.currency);
  if (!isCaptured(state)) return refusal.refundExceedsCaptured(money(0, currency), amount);
  const known = state.refunds.get(refundId);
  // One that failed may be asked for again, with another key; the key that was refused gets no second answer.
  if (known !== undefined && (known.status !== 'failed' || known.idempotencyKey === idempotencyKey)) return accept();
  const left = state.captured.amount - state.promised;
  if (amount.amount > left) return refusal.refundExceedsCaptured(money(left, currency), amount);
  return accept({
    type: 'payment.refund-requested.v1',
    data: { ...outcome.idsOf(state), refundId, amount, idempotencyKey },
  });
}

function decide(command: PaymentCommand, state: PaymentState): Decided {
  if (command.type === 'request-payment') return requestPayment(command, state);
  if (state.status !== 'none') return decideKnown(command, state);
  return command.type === 'request-void' ? closePayment(command, state) : refusal.paymentNotFound();
}

function decideKnown(command: Exclude<PaymentCommand, RequestPayment>, state: Payment): Decided {
  switch (command.type) {
    case 'fail-payment':
      return outcome.failPayment(command, state);
    case 'request-capture':
      return requestCapture(command, state);
    case 'request-void':
      return requestVoid(command, state);
    case 'request-refund':
      return requestRefund(command, state);
    default:
      return record(command, state);
  }
}

function record(command: RecordFact, state: Payment): Decided {
  switch (command.type) {
    case 'record-action-required':
      return outcome.recordActionRequired(command, state);
    case 'record-authorization':
      return outcome.recordAuthorization(command, state);
    case 'record-decline':
      return outcome.recordDecline(command, state);
    case 'record-capture':
      return outcome.recordCapture(command, state);
    case 'record-capture-failure':
      return outcome.recordCaptureFailure(command, state);
    case 'record-void':
      return outcome.recordVoid(command, state);
    case 'record-refund':
      return outcome.recordRefund(command, state);
    case 'record-refund-failure':
      return outcome.recordRefundFailure(command, state);
    case 'record-dispute':
      return outcome.recordDispute(command, state);
    case 'record-dispute-closed':
      return outcome.recordDisputeClosed(command, state);
    default:
      return command satisfies never;
  }
}

/** A payment as the facts that were recorded of it; see `PaymentState` for what each of them leads to. */
export const paymentDecider: Decider<PaymentState, PaymentCommand, PaymentEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `payment-{paymentId}`. */
export const paymentAggregate: Aggregate<PaymentState, PaymentCommand, PaymentEvent> = {
  category: 'payment',
  decider: paymentDecider,
};
