import type { PaymentState } from '../../domain/payment/index.js';
import { deriveId } from '../../domain/shared/index.js';
import type { PaymentReference, ProviderOutcome } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../runner/index.js';
import type { AuthorizePayment } from './commands.js';
import { accepted, refused } from './effect.js';
import { ProviderSilentError, type Case, type PaymentDesk } from './payment-desk.js';

const FORGOTTEN = { code: 'PAYMENT.DECLINED', detail: 'The means of payment is not known any more.' };
const TOO_LATE = { code: 'PAYMENT.TIMEOUT', detail: 'The payment was given up before the provider answered.' };

const NEVER_ASKED = { code: 'PAYMENT.TIMEOUT', detail: 'The payment could not be asked for in time.' };

/** Known without any store but the log: what kept it from being asked may still be away. */
const isTooLateToAsk = (desk: PaymentDesk, { askBy }: AuthorizePayment): boolean =>
  askBy !== undefined && desk.now() > Date.parse(askBy);

/** A request as the log has it. */
interface Question {
  readonly state: PaymentState;
  /** Id of the event that recorded it, where this command did. */
  readonly cause: string | null;
  /** Null where the means of payment is not known any more. */
  readonly reference: PaymentReference | null;
}

/** Asks for the money. The provider's key belongs to the payment: however often it is asked, it is asked the same. */
export async function authorize(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Dispatched> {
  if (isTooLateToAsk(desk, command) && (await desk.recorded(about.paymentId)).state.status === 'none') {
    return refused(NEVER_ASKED);
  }
  const { state, cause, reference } = await question(desk, about, command);
  if (state.status === 'authorized' || state.status === 'captured') return accepted(cause);
  if (state.status === 'failed' || state.status === 'voided') return refused(TOO_LATE);
  if (reference === null) return refused(FORGOTTEN);
  const outcome = await desk.provider.authorize(reference);
  try {
    const said = await desk.record(about, outcome, {
      yes: { type: 'record-authorization', ...endOf(outcome) },
      no: ({ code, detail }) => ({ type: 'record-decline', code, detail }),
      cause,
    });
    desk.checkouts.forget(command.source);
    return said;
  } catch (error) {
    // Whether and when to ask again is for the checkout to say: it has a time to give up.
    if (!(error instanceof ProviderSilentError)) throw error;
    return { reply: { outcome: 'unknown', detail: error.message }, lastEventId: cause };
  }
}

const endOf = (outcome: ProviderOutcome): { readonly expiresAt?: string } =>
  outcome.outcome === 'succeeded' && outcome.expiresAt !== undefined ? { expiresAt: outcome.expiresAt } : {};

/** Records the request, unless it is recorded; then what is recorded counts. */
async function question(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Question> {
  const { paymentId } = about;
  const { orderId, amount, source } = command;
  const { personal, personId } = await desk.checkouts.read(source);
  if (personal === null) return recordedQuestion(desk, paymentId);
  const reference = {
    paymentId,
    amount,
    idempotencyKey: deriveId(paymentId, 'authorize'),
    token: personal.paymentToken,
  };
  const provider = desk.provider.name;
  const requested = await desk.request(about, { type: 'request-payment', ...reference, orderId, provider, personId });
  // Only a request for another order or amount is refused, and this payment's id is made of its order's.
  if (!requested.ok) throw new Error(`payment ${paymentId} cannot be requested: ${requested.refusal.code}`);
  const { state, cause } = requested;
  return cause === null ? recordedQuestion(desk, paymentId) : { state, cause, reference };
}

async function recordedQuestion(desk: PaymentDesk, paymentId: string): Promise<Question> {
  const { state, token, amount, authorizeKey } = await desk.recorded(paymentId);
  const isKnown = token !== null && amount !== null && authorizeKey !== null;
  const reference = isKnown ? { paymentId, amount, idempotencyKey: authorizeKey, token } : null;
  return { state, cause: null, reference };
}
