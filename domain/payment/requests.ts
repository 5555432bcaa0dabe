import { accept, money, sameMoney } from '../shared/index.js';
import type { Decision, Money } from '../shared/index.js';
import type { RequestCapture, RequestPayment, RequestRefund, RequestVoid } from './commands.js';
import type { PaymentEvent } from './events.js';
import { idsOf } from './outcomes.js';
import * as refusal from './refusals.js';
import { isCaptured } from './state.js';
import type { AuthorizedPayment, Payment, PaymentState } from './state.js';

// What somebody wants of the provider, decided before it is called.

type Decided = Decision<PaymentEvent>;

const isAmount = ({ amount }: Money): boolean => Number.isSafeInteger(amount) && amount >= 0;

export function requestPayment({ type: _type, ...asked }: RequestPayment, state: PaymentState): Decided {
  if (!isAmount(asked.amount)) return refusal.invalidAmount();
  if (state.status === 'none') return accept({ type: 'payment.requested.v1', data: asked });
  const { orderId, amount } = state.terms;
  return orderId === asked.orderId && sameMoney(amount, asked.amount) ? accept() : refusal.alreadyRequested();
}

export function requestCapture(command: RequestCapture, state: Payment): Decided {
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
    data: { ...idsOf(state), captureId, amount, final: true, idempotencyKey },
  });
}

/** Also while the outcome is unknown: the provider is then told to let go whatever it may hold. */
export function requestVoid({ idempotencyKey, reason }: RequestVoid, state: Payment): Decided {
  if (isCaptured(state)) return refusal.alreadyCaptured();
  if (state.status === 'declined' || state.status === 'voided' || state.voidRequested) return accept();
  if (state.status === 'authorized' && state.capture !== null && !state.capture.failed) {
    return refusal.captureUnderWay();
  }
  return accept({ type: 'payment.void-requested.v1', data: { ...idsOf(state), idempotencyKey, reason } });
}

export function requestRefund({ refundId, amount, idempotencyKey }: RequestRefund, state: Payment): Decided {
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
    data: { ...idsOf(state), refundId, amount, idempotencyKey },
  });
}
