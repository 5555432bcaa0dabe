import { isCaptured, type AuthorizedPayment, type PaymentState } from '../../domain/payment/index.js';
import { deriveId, type Money } from '../../domain/shared/index.js';
import type { Dispatched } from '../runner/index.js';
import type { CapturePayment, PaymentGatewayCommand, RefundPayment, VoidPayment } from './commands.js';
import { accepted, refused, type Effect } from './effect.js';
import { authorize } from './payment-authorization.js';
import { notSupported, PaymentDesk, requestOf, type Case, type PaymentDeskOptions } from './payment-desk.js';

/**
 * The payment providers as a target: each payment's own one. Every wish is recorded with its idempotency key before the
 * provider hears of it, and the recorded key is what it hears: doing any of it again, at any point, moves no money twice.
 */
export function paymentGateway(options: PaymentDeskOptions): Effect<PaymentGatewayCommand> {
  const desk = new PaymentDesk(options);
  return (paymentId, command, context) => {
    const about = { paymentId, context };
    switch (command.type) {
      case 'authorize':
        return authorize(desk, about, command);
      case 'capture':
        return capture(desk, about, command);
      case 'void':
        return letGo(desk, about, command);
      case 'refund':
        return refund(desk, about, command);
      default:
        return command satisfies never;
    }
  };
}

/** A new key for a new command: an earlier one that is still open keeps its own. */
const keyFor = ({ context }: Case): string => deriveId(context.commandId, 'key');
const captureIdFor = ({ context }: Case): string => deriveId(context.commandId, 'capture');

const authorizedIn = (state: PaymentState): Money | null => (state.status === 'authorized' ? state.authorized : null);

/** What was asked for: a provider may hold more. */
const dueIn = ({ terms, authorized }: AuthorizedPayment): Money =>
  authorized.amount < terms.amount.amount ? authorized : terms.amount;

async function capture(desk: PaymentDesk, about: Case, command: CapturePayment): Promise<Dispatched> {
  const { paymentId } = about;
  const { state } = await desk.recorded(paymentId);
  if (isCaptured(state)) return accepted(null);
  const authorized = authorizedIn(state);
  const amount = command.amount ?? (state.status === 'authorized' ? dueIn(state) : null);
  if (state.status === 'none' || amount === null) {
    return refused({ code: 'PAYMENT.NOT_AUTHORIZED', detail: 'No money is held for this order.' });
  }
  const provider = desk.provider(state.terms.provider);
  const isPart = authorized !== null && amount.amount < authorized.amount;
  if (isPart && !provider.capabilities.partialCapture) return notSupported(provider, 'partialCapture');
  const requested = await desk.request(about, {
    type: 'request-capture',
    captureId: captureIdFor(about),
    amount,
    idempotencyKey: keyFor(about),
  });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await desk.recorded(paymentId);
  if (recorded.capture === null) throw new Error(`payment ${paymentId} has no capture that was asked for`);
  const outcome = await provider.capture(requestOf(paymentId, recorded, recorded.capture));
  return desk.record(about, outcome, {
    yes: (reference) => ({ type: 'record-capture', reference }),
    no: (said) => ({ type: 'record-capture-failure', ...said }),
    cause: requested.cause,
  });
}

async function letGo(desk: PaymentDesk, about: Case, { reason }: VoidPayment): Promise<Dispatched> {
  const { paymentId } = about;
  const requested = await desk.request(about, { type: 'request-void', idempotencyKey: keyFor(about), reason });
  if (!requested.ok) {
    const { refusal } = requested;
    return refusal.code === 'PAYMENT.NOT_FOUND' ? accepted(null) : refused(refusal);
  }
  const recorded = await desk.recorded(paymentId);
  const { state, voidKey, amount, authorizeKey } = recorded;
  if (state.status === 'declined' || state.status === 'voided') return accepted(requested.cause);
  if (state.status === 'none' || voidKey === null || amount === null || authorizeKey === null) return accepted(null);
  const provider = desk.provider(state.terms.provider);
  if (!provider.capabilities.void) return notSupported(provider, 'void');
  const request = requestOf(paymentId, recorded, { key: voidKey, amount });
  const outcome = await provider.void({ ...request, authorizationKey: authorizeKey });
  // A refused void stays asked for: the payment shows it, and the provider's authorisation runs out by itself.
  return desk.record(about, outcome, {
    yes: (reference) => ({ type: 'record-void', reference }),
    no: () => null,
    cause: requested.cause,
  });
}

async function refund(desk: PaymentDesk, about: Case, command: RefundPayment): Promise<Dispatched> {
  const { paymentId } = about;
  const { refundId, amount } = command;
  const { state } = await desk.recorded(paymentId);
  if (!isCaptured(state)) return refused({ code: 'PAYMENT.REFUND_EXCEEDS_CAPTURED', detail: 'No money was taken.' });
  const provider = desk.provider(state.terms.provider);
  if (!provider.capabilities.refund) return notSupported(provider, 'refund');
  const idempotencyKey = keyFor(about);
  const requested = await desk.request(about, { type: 'request-refund', refundId, amount, idempotencyKey });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await desk.recorded(paymentId);
  const asked = recorded.refunds.get(refundId);
  if (asked === undefined || !isCaptured(recorded.state)) throw new Error(`payment ${paymentId} has no ${refundId}`);
  // A provider that takes days has told the end of it by a notice.
  if (recorded.state.refunds.get(refundId)?.status === 'succeeded') return accepted(requested.cause);
  const outcome = await provider.refund({ ...requestOf(paymentId, recorded, asked), refundId });
  return desk.record(about, outcome, {
    yes: (reference) => ({ type: 'record-refund', refundId, reference }),
    no: (said) => ({ type: 'record-refund-failure', refundId, ...said }),
    cause: requested.cause,
  });
}
