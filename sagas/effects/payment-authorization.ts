import { isCaptured, type PaymentState } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { AuthorizationOutcome, PaymentRequest } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import type { AuthorizePayment } from './commands.js';
import { accepted, refused } from './effect.js';
import {
  ProviderOutcomeUnknownError,
  refusalOf,
  requestOf,
  type PaymentCommandContext,
  type PaymentOperations,
} from './payment-operations.js';

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
export async function authorize(
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
  const outcome = await operations.provider(state.terms.provider).authorize(request);
  if (outcome.outcome === 'succeeded' || outcome.outcome === 'refused') operations.checkouts.forget(command.source);
  return recordOutcome(operations, payment, { command, outcome, cause });
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
  const { personal, personId, paymentProvider } = await operations.checkouts.read(source, context.unit);
  if (personal === null) return recordedAttempt(operations, paymentId);
  const idempotencyKey = deriveId(paymentId, 'authorize');
  const part = { paymentId, orderId, tender, attempt, amount };
  const by = { provider: paymentProvider, idempotencyKey, personId, token: personal.paymentToken };
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
  readonly outcome: AuthorizationOutcome;
  readonly cause: string | null;
}

/** Records the provider's outcome. Without a decision the checkout says whether and when to ask again: it has a time to give up. */
async function recordOutcome(
  operations: PaymentOperations,
  payment: PaymentCommandContext,
  { command, outcome, cause }: AuthorizationResult,
): Promise<Dispatched> {
  switch (outcome.outcome) {
    case 'unknown': {
      const { message } = new ProviderOutcomeUnknownError(payment.paymentId, outcome.detail);
      return { reply: { outcome: 'unknown', detail: message }, lastEventId: cause };
    }
    case 'action-required': {
      const { reference, action } = outcome;
      const fact = { type: 'record-action-required', reference, action } as const;
      const recorded = await operations.recordFact(payment, fact, cause);
      return { reply: { outcome: 'unknown', detail: BUYER_DECIDES }, lastEventId: recorded ?? cause };
    }
    case 'refused': {
      const { code, detail } = outcome;
      const recorded = await operations.recordFact(payment, { type: 'record-decline', ...refusalOf(outcome) }, cause);
      return refused({ code, detail }, recorded ?? cause);
    }
    case 'succeeded': {
      const { outcome: _, ...fact } = outcome;
      const recorded = await operations.recordFact(payment, { type: 'record-authorization', ...fact }, cause);
      return held(command, fact.amount ?? command.amount, recorded ?? cause);
    }
    default:
      return outcome satisfies never;
  }
}

/** Accepts what the provider holds; less than was asked for is held too, and of no use. */
const held = (command: AuthorizePayment, authorized: Money, lastEventId: string | null): Dispatched =>
  authorized.amount < command.amount.amount ? refused(TOO_LITTLE, lastEventId) : accepted(lastEventId);
