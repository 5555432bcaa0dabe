import { isCaptured, type PaymentState } from '../../domain/payment/index.js';
import { deriveId, type Money } from '../../domain/shared/index.js';
import type { AuthorizationOutcome, PaymentRequest } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../runner/index.js';
import type { AuthorizePayment } from './commands.js';
import { accepted, refused, requireRecord } from './effect.js';
import { ProviderSilentError, requestOf, saidNo, type Case, type PaymentDesk } from './payment-desk.js';

const FORGOTTEN = { code: 'PAYMENT.DECLINED', detail: 'The means of payment is not known any more.' };
const TOO_LATE = { code: 'PAYMENT.TIMEOUT', detail: 'The payment was given up before the provider answered.' };

const TOO_LITTLE = { code: 'PAYMENT.PARTLY_AUTHORIZED', detail: 'The provider holds less than the order costs.' };
const NEVER_ASKED = { code: 'PAYMENT.TIMEOUT', detail: 'The payment could not be asked for in time.' };
const BUYER_DECIDES = 'The buyer has to confirm the payment first.';

/** Known without any store but the log: what kept it from being asked may still be away. */
const isTooLateToAsk = (desk: PaymentDesk, { askBy }: AuthorizePayment): boolean =>
  askBy !== undefined && desk.now() > Date.parse(askBy);

/** A request as the log has it. */
interface Question {
  readonly state: PaymentState;
  /** Id of the event that recorded it, where this command did. */
  readonly cause: string | null;
  /** Null where the means of payment is not known any more. */
  readonly request: PaymentRequest | null;
}

/** A question that was put to the provider. */
interface Asked {
  readonly desk: PaymentDesk;
  readonly about: Case;
  readonly command: AuthorizePayment;
  readonly cause: string | null;
}

type Undecided = Extract<AuthorizationOutcome, { outcome: 'unknown' | 'action-required' }>;

/** Asks for the money. The provider's key belongs to the payment: however often it is asked, it is asked the same. */
export async function authorize(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Dispatched> {
  if (isTooLateToAsk(desk, command) && (await desk.recorded(about.paymentId)).state.status === 'none') {
    return refused(NEVER_ASKED);
  }
  const { state, cause, request } = await question(desk, about, command);
  if (isCaptured(state)) return accepted(cause);
  if (state.status === 'authorized') return held(command, state.authorized, cause);
  if (state.status === 'none' || state.status === 'failed' || state.status === 'voided') return refused(TOO_LATE);
  if (request === null) return refused(FORGOTTEN);
  requireRecord(about.context);
  const outcome = await desk.provider(state.terms.provider).authorize(request);
  const asked = { desk, about, command, cause };
  if (outcome.outcome === 'unknown' || outcome.outcome === 'action-required') return undecided(asked, outcome);
  desk.checkouts.forget(command.source);
  return decided(asked, outcome);
}

async function decided(
  { desk, about, command, cause }: Asked,
  said: Exclude<AuthorizationOutcome, Undecided>,
): Promise<Dispatched> {
  if (said.outcome === 'refused') {
    const no = saidNo(said);
    const recorded = await desk.recordFact(about, { type: 'record-decline', ...no }, cause);
    return refused({ code: no.code, detail: no.detail }, recorded ?? cause);
  }
  const { outcome: _yes, ...fact } = said;
  const recorded = await desk.recordFact(about, { type: 'record-authorization', ...fact }, cause);
  return held(command, fact.amount ?? command.amount, recorded ?? cause);
}

/** Less than was asked for is held too, and of no use. */
const held = (command: AuthorizePayment, authorized: Money, lastEventId: string | null): Dispatched =>
  authorized.amount < command.amount.amount ? refused(TOO_LITTLE, lastEventId) : accepted(lastEventId);

/** Whether and when to ask again is for the checkout to say: it has a time to give up. */
async function undecided({ desk, about, cause }: Asked, outcome: Undecided): Promise<Dispatched> {
  if (outcome.outcome === 'unknown') {
    const { message } = new ProviderSilentError(about.paymentId, outcome.detail);
    return { reply: { outcome: 'unknown', detail: message }, lastEventId: cause };
  }
  const { reference, action } = outcome;
  const recorded = await desk.recordFact(about, { type: 'record-action-required', reference, action }, cause);
  return { reply: { outcome: 'unknown', detail: BUYER_DECIDES }, lastEventId: recorded ?? cause };
}

/** Records the request, unless it is recorded; then what is recorded counts. */
async function question(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Question> {
  const { paymentId } = about;
  const { orderId, amount, source, tender = 1, attempt = 1 } = command;
  const { personal, personId, paymentProvider } = await desk.checkouts.read(source);
  if (personal === null) return recordedQuestion(desk, paymentId);
  const idempotencyKey = deriveId(paymentId, 'authorize');
  const part = { paymentId, orderId, tender, attempt, amount };
  const by = { provider: paymentProvider, idempotencyKey, personId, token: personal.paymentToken };
  const requested = await desk.request(about, { type: 'request-payment', ...part, ...by });
  // Only a request for another order or amount is refused, and this payment's id is made of its order's.
  if (!requested.ok) throw new Error(`payment ${paymentId} cannot be requested: ${requested.refusal.code}`);
  const { state, cause } = requested;
  if (cause === null) return recordedQuestion(desk, paymentId);
  return { state, cause, request: { paymentId, orderId, idempotencyKey, amount, token: by.token, reference: null } };
}

async function recordedQuestion(desk: PaymentDesk, paymentId: string): Promise<Question> {
  const recorded = await desk.recorded(paymentId);
  const { state, token, amount, authorizeKey } = recorded;
  const isKnown = token !== null && amount !== null && authorizeKey !== null;
  const request = isKnown ? requestOf(paymentId, recorded, { key: authorizeKey, amount }) : null;
  return { state, cause: null, request };
}
