import { deriveId } from '../../domain/shared/index.js';
import type { PaymentReference } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../runner/index.js';
import type { AuthorizePayment } from './commands.js';
import { accepted, refused } from './effect.js';
import { ProviderSilentError, type Case, type PaymentDesk } from './payment-desk.js';

const FORGOTTEN = { code: 'PAYMENT.DECLINED', detail: 'The means of payment is not known any more.' };
const TOO_LATE = { code: 'PAYMENT.TIMEOUT', detail: 'The payment was given up before the provider answered.' };

interface Question {
  readonly reference: PaymentReference;
  /** Id of the event that recorded it, where this command did. */
  readonly cause: string | null;
}

/** Asks for the money. The provider's key belongs to the payment: however often it is asked, it is asked the same. */
export async function authorize(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Dispatched> {
  const { status } = await desk.stateOf(about.paymentId);
  if (status === 'authorized' || status === 'captured') return accepted(null);
  if (status === 'failed' || status === 'voided') return refused(TOO_LATE);
  const question = status === 'none' ? await firstQuestion(desk, about, command) : await sameQuestion(desk, about);
  if (question === null) return refused(FORGOTTEN);
  const outcome = await desk.provider.authorize(question.reference);
  const { cause } = question;
  try {
    const said = await desk.record(about, outcome, {
      yes: { type: 'record-authorization' },
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

async function firstQuestion(desk: PaymentDesk, about: Case, command: AuthorizePayment): Promise<Question | null> {
  const { paymentId } = about;
  const { orderId, amount, source } = command;
  const { personal, personId } = await desk.checkouts.read(source);
  if (personal === null) return null;
  const idempotencyKey = deriveId(paymentId, 'authorize');
  const token = personal.paymentToken;
  const requested = await desk.request(about, {
    type: 'request-payment',
    provider: desk.provider.name,
    ...{ paymentId, orderId, amount, idempotencyKey, personId, token },
  });
  // Only a command for another order or amount is refused, and this payment's id is made of its order's.
  if (!requested.ok) throw new Error(`payment ${paymentId} cannot be requested: ${requested.refusal.code}`);
  return { reference: { paymentId, idempotencyKey, token, amount }, cause: requested.cause };
}

async function sameQuestion(desk: PaymentDesk, { paymentId }: Case): Promise<Question | null> {
  const { token, amount, authorizeKey } = await desk.recorded(paymentId);
  if (token === null || amount === null || authorizeKey === null) return null;
  return { reference: { paymentId, idempotencyKey: authorizeKey, token, amount }, cause: null };
}
