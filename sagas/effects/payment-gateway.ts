import { isCaptured, type AuthorizedPayment, type PaymentState } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import type { AuthorizationOutcome, PaymentProvider, PaymentRequest } from '../../infra/payment-provider/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import { accepted, refused, type Effect } from './aggregate-targets.js';
import type {
  AuthorizePayment,
  CapturePayment,
  PaymentGatewayCommand,
  RefundPayment,
  VoidPayment,
} from './commands.js';
import {
  notSupported,
  PaymentOperations,
  ProviderOutcomeUnknownError,
  refusalOf,
  requestOf,
  timed,
  type Answer,
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

const FORGOTTEN = { code: 'PAYMENT.DECLINED', detail: 'The means of payment is not known any more.' };
const TOO_LATE = { code: 'PAYMENT.TIMEOUT', detail: 'The payment was given up before the provider answered.' };

const TOO_LITTLE = { code: 'PAYMENT.PARTLY_AUTHORIZED', detail: 'The provider holds less than the order costs.' };
const NEVER_ASKED = { code: 'PAYMENT.TIMEOUT', detail: 'The payment could not be asked for in time.' };
const BUYER_DECIDES = 'The buyer has to confirm the payment first.';

/** An authorisation's request as the log has it. */
interface AuthorizationAttempt {
  readonly state: PaymentState;
  /** Id of the event that recorded it, where this command did. */
  readonly cause: string | null;
  /** Null where the means of payment is not known any more. */
  readonly request: PaymentRequest | null;
}

/** Asks the provider to hold the money. The key belongs to the payment, so that however often it is asked, it is asked the same. */
async function authorize(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  command: AuthorizePayment,
): Promise<Dispatched> {
  if (await isTooLateToAsk(operations, payment, command)) return refused(NEVER_ASKED);
  const { state, cause, request } = await recordAttempt(operations, payment, command);
  if (isCaptured(state)) return accepted(cause);
  if (state.status === 'authorized') return held(command, state.authorized, cause);
  if (state.status === 'none' || state.status === 'failed' || state.status === 'voided') return refused(TOO_LATE);
  if (request === null) return refused(FORGOTTEN);
  // The saga's step is on disk before anything leaves the process.
  await payment.context.unit?.recorded();
  const provider = operations.provider(state.terms.provider);
  const answer = await timed(() => provider.authorize(request));
  const { outcome } = answer;
  if (outcome.outcome === 'succeeded' || outcome.outcome === 'refused') operations.checkouts.forget(command.source);
  return recordAuthorization(operations, payment, { command, answer, cause });
}

/** Whether the time to ask is over. The log alone tells: the stores that kept the provider from being asked may still be away. */
async function isTooLateToAsk(
  operations: PaymentOperations,
  { paymentId }: PaymentCommandContext,
  { askBy }: AuthorizePayment,
): Promise<boolean> {
  if (askBy === undefined || operations.now() <= Date.parse(askBy)) return false;
  return (await operations.recorded(paymentId)).state.status === 'none';
}

/** Records the request, unless it is recorded; then the recorded one counts. */
async function recordAttempt(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  command: AuthorizePayment,
): Promise<AuthorizationAttempt> {
  const { paymentId, context } = payment;
  const { orderId, amount, source, tender = 1, attempt = 1 } = command;
  const { personal, personId, paymentProvider, channel } = await operations.checkouts.read(source, context.unit);
  if (personal === null) return recordedAttempt(operations, paymentId);
  const idempotencyKey = deriveId(paymentId, 'authorize');
  const part = { paymentId, orderId, tender, attempt, amount };
  // Without a token nothing is left to pay, and the provider is not asked.
  const { paymentToken: token = '' } = personal;
  const place = channel === undefined ? {} : { channel };
  const by = { provider: paymentProvider, ...place, idempotencyKey, personId, token };
  const requested = await operations.request(payment, { type: 'request-payment', ...part, ...by });
  // A payment that was closed meanwhile stays without a request.
  if (!requested.ok && requested.refusal.code === 'PAYMENT.CLOSED') return recordedAttempt(operations, paymentId);
  // Else only a request for another order or amount is refused, and this payment's id is made of its order's.
  if (!requested.ok) throw new Error(`payment ${paymentId} cannot be requested: ${requested.refusal.code}`);
  const { state, cause } = requested;
  if (cause === null) return recordedAttempt(operations, paymentId);
  return { state, cause, request: { paymentId, orderId, idempotencyKey, amount, token: by.token, reference: null } };
}

async function recordedAttempt(operations: PaymentOperations, paymentId: string): Promise<AuthorizationAttempt> {
  const recorded = await operations.recorded(paymentId);
  const { state, token, authorization } = recorded;
  const request = token !== null && authorization !== null ? requestOf(paymentId, recorded, authorization) : null;
  return { state, cause: null, request };
}

interface AuthorizationResult {
  readonly command: AuthorizePayment;
  readonly answer: Answer<AuthorizationOutcome>;
  readonly cause: string | null;
}

/** Records the provider's outcome. Without a decision the checkout says whether and when to ask again: it has a time to give up. */
async function recordAuthorization(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  { command, answer: { outcome, durationMs }, cause }: AuthorizationResult,
): Promise<Dispatched> {
  switch (outcome.outcome) {
    case 'unknown': {
      const { message } = new ProviderOutcomeUnknownError(payment.paymentId, outcome.detail);
      return { reply: { outcome: 'unknown', detail: message }, lastEventId: cause };
    }
    case 'action-required': {
      const { reference, action } = outcome;
      const fact = { type: 'record-action-required', reference, action, durationMs } as const;
      const recorded = await operations.recordFact(payment, fact, cause);
      return { reply: { outcome: 'unknown', detail: BUYER_DECIDES }, lastEventId: recorded ?? cause };
    }
    case 'refused': {
      const { code, detail } = outcome;
      const decline = { type: 'record-decline', ...refusalOf(outcome), durationMs } as const;
      const recorded = await operations.recordFact(payment, decline, cause);
      return refused({ code, detail }, recorded ?? cause);
    }
    case 'succeeded': {
      const { outcome: _, ...fact } = outcome;
      const recorded = await operations.recordFact(
        payment,
        { type: 'record-authorization', ...fact, durationMs },
        cause,
      );
      return held(command, fact.amount ?? command.amount, recorded ?? cause);
    }
    default:
      return outcome satisfies never;
  }
}

/** Accepts what the provider holds; less than was asked for is held too, and of no use. */
const held = (command: AuthorizePayment, authorized: Money, lastEventId: string | null): Dispatched =>
  authorized.amount < command.amount.amount ? refused(TOO_LITTLE, lastEventId) : accepted(lastEventId);

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
  const { refusedBefore } = recorded.capture;
  const request = { ...requestOf(paymentId, recorded, recorded.capture), refusedBefore };
  const answer = await timed(() => provider.capture(request));
  return operations.recordOutcome(payment, answer, {
    onSuccess: (said) => ({ type: 'record-capture', ...said }),
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
  const answer = await timed(() => provider.void({ ...request, authorizationKey: authorization.key }));
  return operations.recordOutcome(payment, answer, {
    onSuccess: (said) => ({ type: 'record-void', ...said }),
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
  const answer = await timed(() => provider.refund({ ...requestOf(paymentId, recorded, request), refundId }));
  return operations.recordOutcome(payment, answer, {
    onSuccess: (said) => ({ type: 'record-refund', refundId, ...said }),
    onRefusal: (refusal) => ({ type: 'record-refund-failure', refundId, ...refusal }),
    cause: requested.cause,
  });
}
