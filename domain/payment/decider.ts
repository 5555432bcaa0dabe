import type { Decider, Decision } from '../shared/index.js';
import type { PaymentCommand, RecordFact, RequestPayment } from './commands.js';
import * as disputes from './disputes.js';
import type { PaymentEvent } from './events.js';
import { evolve } from './evolve.js';
import * as outcome from './outcomes.js';
import { paymentNotFound } from './refusals.js';
import { requestCapture, requestPayment, requestRefund, requestVoid } from './requests.js';
import type { Payment, PaymentState } from './state.js';

type Decided = Decision<PaymentEvent>;

function decide(command: PaymentCommand, state: PaymentState): Decided {
  if (command.type === 'request-payment') return requestPayment(command, state);
  return state.status === 'none' ? paymentNotFound() : decideKnown(command, state);
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
      return disputes.recordDispute(command, state);
    case 'record-dispute-closed':
      return disputes.recordDisputeClosed(command, state);
    default:
      return command satisfies never;
  }
}

/** A payment as the facts that were recorded of it; see `PaymentState` for what each of them leads to. */
export const paymentDecider: Decider<PaymentState, PaymentCommand, PaymentEvent> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
