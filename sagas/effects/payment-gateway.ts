import { isCaptured, type AuthorizedPayment } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { PaymentProvider, PaymentRequest } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import type { CapturePayment, PaymentGatewayCommand, RefundPayment, VoidPayment } from './commands.js';
import { accepted, refused, type Effect } from './effect.js';
import { authorize } from './payment-authorization.js';
import {
  notSupported,
  PaymentOperations,
  requestOf,
  type PaymentCommandContext,
  type PaymentOperationsOptions,
} from './payment-operations.js';

/**
 * Handles the payment commands of sagas, each at the provider that its payment went to. Every request is recorded with its
 * idempotency key before the provider is called with that key: a command that is sent again, at any point, moves no money twice.
 */
export function paymentGateway(options: PaymentOperationsOptions): Effect<PaymentGatewayCommand> {
  const operations = new PaymentOperations(options);
  return (paymentId, command, context) => {
    const payment = { paymentId, context };
    switch (command.type) {
      case 'authorize':
        return authorize(operations, payment, command);
      case 'capture':
        return capture(operations, payment, command);
      case 'void':
        return voidPayment(operations, payment, command);
      case 'refund':
        return refund(operations, payment, command);
      default:
        return command satisfies never;
    }
  };
}

const SUCCEEDED = { outcome: 'succeeded', reference: null } as const;

const isZero = ({ amount }: PaymentRequest): boolean => amount.amount === 0;

/** Answers requests for no money without asking the provider: most refuse amounts of 0, and a declined card is no reason not to give. */
export const approvingZeroAmounts = (provider: PaymentProvider): PaymentProvider => ({
  name: provider.name,
  capabilities: provider.capabilities,
  authorize: async (payment) => (isZero(payment) ? SUCCEEDED : provider.authorize(payment)),
  capture: async (payment) => (isZero(payment) ? SUCCEEDED : provider.capture(payment)),
  void: async (payment) => (isZero(payment) ? SUCCEEDED : provider.void(payment)),
  refund: async (payment) => (isZero(payment) ? SUCCEEDED : provider.refund(payment)),
  factIn: (headers, body) => provider.factIn(headers, body),
});

/** A new key for a new command: an earlier one that is still open keeps its own. */
const keyFor = ({ context }: PaymentCommandContext): string => deriveId(context.commandId, 'key');
const captureIdFor = ({ context }: PaymentCommandContext): string => deriveId(context.commandId, 'capture');

/** The amount that was asked for: a provider may hold more. */
const dueIn = ({ terms, authorized }: AuthorizedPayment): Money =>
  authorized.amount < terms.amount.amount ? authorized : terms.amount;

async function capture(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  command: CapturePayment,
): Promise<Dispatched> {
  const { paymentId } = payment;
  const { state } = await operations.recorded(paymentId);
  if (isCaptured(state)) return accepted(null);
  const amount = command.amount ?? (state.status === 'authorized' ? dueIn(state) : null);
  if (state.status === 'none' || amount === null) {
    return refused({ code: 'PAYMENT.NOT_AUTHORIZED', detail: 'No money is held for this order.' });
  }
  const provider = operations.provider(state.terms.provider);
  const isPart = state.status === 'authorized' && amount.amount < state.authorized.amount;
  if (isPart && !provider.capabilities.partialCapture) return notSupported(provider, 'partialCapture');
  const requested = await operations.request(payment, {
    type: 'request-capture',
    captureId: captureIdFor(payment),
    amount,
    idempotencyKey: keyFor(payment),
  });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await operations.recorded(paymentId);
  if (recorded.capture === null) throw new Error(`payment ${paymentId} has no capture that was asked for`);
  const outcome = await provider.capture(requestOf(paymentId, recorded, recorded.capture));
  return operations.recordOutcome(payment, outcome, {
    onSuccess: (reference) => ({ type: 'record-capture', reference }),
    onRefusal: (refusal) => ({ type: 'record-capture-failure', ...refusal }),
    cause: requested.cause,
  });
}

async function voidPayment(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  { orderId, reason }: VoidPayment,
): Promise<Dispatched> {
  const { paymentId } = payment;
  const command = { type: 'request-void', paymentId, orderId, idempotencyKey: keyFor(payment), reason } as const;
  const requested = await operations.request(payment, command);
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await operations.recorded(paymentId);
  const { state, voidKey, authorization } = recorded;
  if (state.status === 'declined' || state.status === 'voided') return accepted(requested.cause);
  if (state.status === 'none' || voidKey === null || authorization === null) return accepted(requested.cause);
  const provider = operations.provider(state.terms.provider);
  if (!provider.capabilities.void) return notSupported(provider, 'void');
  const request = requestOf(paymentId, recorded, { key: voidKey, amount: authorization.amount });
  const outcome = await provider.void({ ...request, authorizationKey: authorization.key });
  return operations.recordOutcome(payment, outcome, {
    onSuccess: (reference) => ({ type: 'record-void', reference }),
    // A refused void stays asked for: the payment shows it, and the provider's authorisation runs out by itself.
    onRefusal: () => null,
    cause: requested.cause,
  });
}

async function refund(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  command: RefundPayment,
): Promise<Dispatched> {
  const { paymentId } = payment;
  const { refundId, amount } = command;
  const { state } = await operations.recorded(paymentId);
  if (!isCaptured(state)) return refused({ code: 'PAYMENT.REFUND_EXCEEDS_CAPTURED', detail: 'No money was taken.' });
  const provider = operations.provider(state.terms.provider);
  if (!provider.capabilities.refund) return notSupported(provider, 'refund');
  const idempotencyKey = keyFor(payment);
  const requested = await operations.request(payment, { type: 'request-refund', refundId, amount, idempotencyKey });
  if (!requested.ok) return refused(requested.refusal);
  const recorded = await operations.recorded(paymentId);
  const request = recorded.refunds.get(refundId);
  if (request === undefined || !isCaptured(recorded.state)) throw new Error(`payment ${paymentId} has no ${refundId}`);
  // A provider that takes days has told the end of it by a notice.
  if (recorded.state.refunds.get(refundId)?.status === 'succeeded') return accepted(requested.cause);
  const outcome = await provider.refund({ ...requestOf(paymentId, recorded, request), refundId });
  return operations.recordOutcome(payment, outcome, {
    onSuccess: (reference) => ({ type: 'record-refund', refundId, reference }),
    onRefusal: (refusal) => ({ type: 'record-refund-failure', refundId, ...refusal }),
    cause: requested.cause,
  });
}
