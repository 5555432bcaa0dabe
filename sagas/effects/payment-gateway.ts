import { isCaptured, type PaymentState } from '../../domain/payment/index.js';
import { deriveId, type Money } from '../../domain/shared/index.js';
import type { Dispatched } from '../runner/index.js';
import type { CapturePayment, PaymentGatewayCommand, RefundPayment, VoidPayment } from './commands.js';
import { accepted, refused, type Effect } from './effect.js';
import { authorize } from './payment-authorization.js';
import { PaymentDesk, referenceTo, type Case, type PaymentDeskOptions } from './payment-desk.js';

/**
 * The payment provider as a target. Every wish is recorded with its idempotency key before the provider hears of it, and
 * the recorded key is what it hears: doing any of it again, at any point, moves no money twice.
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

const authorizedIn = (state: PaymentState): Money | null => (state.status === 'authorized' ? state.authorized : null);

async function capture(desk: PaymentDesk, about: Case, command: CapturePayment): Promise<Dispatched> {
  const { paymentId } = about;
  const { state } = await desk.recorded(paymentId);
  if (isCaptured(state)) return accepted(null);
  const amount = command.amount ?? authorizedIn(state);
  if (amount === null) return refused({ code: 'PAYMENT.NOT_AUTHORIZED', detail: 'No money is held for this order.' });
  const requested = await desk.request(about, { type: 'request-capture', amount, idempotencyKey: keyFor(about) });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await desk.recorded(paymentId);
  if (recorded.capture === null) throw new Error(`payment ${paymentId} has no capture that was asked for`);
  const outcome = await desk.provider.capture(referenceTo(paymentId, recorded, recorded.capture));
  return desk.record(about, outcome, {
    yes: { type: 'record-capture' },
    no: ({ code, detail }) => ({ type: 'record-capture-failure', code, detail }),
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
  const { status } = recorded.state;
  if (status === 'declined' || status === 'voided') return accepted(requested.cause);
  const { voidKey, amount } = recorded;
  if (voidKey === null || amount === null) return accepted(null);
  const outcome = await desk.provider.void(referenceTo(paymentId, recorded, { key: voidKey, amount }));
  // A refused void stays asked for: the payment shows it, and the provider's authorisation runs out by itself.
  return desk.record(about, outcome, { yes: { type: 'record-void' }, no: () => null, cause: requested.cause });
}

async function refund(desk: PaymentDesk, about: Case, command: RefundPayment): Promise<Dispatched> {
  const { paymentId } = about;
  const { refundId, amount } = command;
  const idempotencyKey = keyFor(about);
  const requested = await desk.request(about, { type: 'request-refund', refundId, amount, idempotencyKey });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await desk.recorded(paymentId);
  const asked = recorded.refunds.get(refundId);
  if (asked === undefined) throw new Error(`payment ${paymentId} has no refund ${refundId}`);
  const outcome = await desk.provider.refund(referenceTo(paymentId, recorded, asked));
  return desk.record(about, outcome, {
    yes: { type: 'record-refund', refundId },
    no: ({ code, detail }) => ({ type: 'record-refund-failure', refundId, code, detail }),
    cause: requested.cause,
  });
}
