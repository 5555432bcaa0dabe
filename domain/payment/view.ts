import { money, someMoney, zero } from '../shared/index.js';
import { choice, described, integer, listOf, named, object, optional, text, time } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import { PaymentAction } from './events.js';
import { isCaptured, isUnsettled } from './state.js';
import type { PaymentState, PaymentStatus } from './state.js';

const STATUSES = [
  'requested',
  'authorized',
  'declined',
  'voided',
  'captured',
  'partially-refunded',
  'refunded',
  'failed',
] as const satisfies readonly Exclude<PaymentStatus, 'none'>[];

const balance = {
  paymentId: text('Id of the payment.', 'pay_7Hq2'),
  status: choice(STATUSES, 'How far the payment has come.', 'authorized'),
  authorized: someMoney('Held or taken; 0 after a void.', 598),
  captured: someMoney('Taken so far.', 0),
  refunded: someMoney('Given back so far.', 0),
  expiresAt: optional(time('While money is held: when the provider lets it go by itself, where it said so.')),
  action: optional(described(PaymentAction, 'While the provider waits for the buyer, as in 3-D Secure.')),
};

/** A payment as its order shows it. */
export const PaymentBalance = named('PaymentBalance', object(balance, 'authorized ≥ captured ≥ refunded ≥ 0.'));
export type PaymentBalance = Of<typeof PaymentBalance>;

/** Something that happened to a payment: wanted (`…-requested`) or said by the provider. */
export const PaymentFact = named(
  'PaymentFact',
  object(
    {
      type: text('What, such as `capture-requested`.', 'authorized'),
      at: time('When.'),
      amount: optional(someMoney('How much, where it is about an amount.', 598)),
      code: optional(text('Why not, as a stable code.', 'PAYMENT.DECLINED')),
      detail: optional(text('Why not, for people.', 'The payment was declined.')),
      refundId: optional(text('Which refund it is about.', 'rf_1')),
      reference: optional(text('What the provider calls it.', 're_1')),
      reason: optional(text("Why: of a release in ours, of a dispute in the provider's words.", 'fraudulent')),
      respondBy: optional(time('Of a dispute: until when evidence is taken.')),
      outcome: optional(text('Of a dispute that is closed: `won` where the shop keeps the money, else `lost`.', 'won')),
    },
    'Something that happened to a payment.',
  ),
);
export type PaymentFact = Of<typeof PaymentFact>;

/** A payment as it is read by its id. */
export const PaymentWithFacts = named(
  'Payment',
  object(
    {
      ...balance,
      orderId: text('Whose money it is.', '0Q7B2M4N6P8R'),
      provider: text('Who was asked for it.', 'sandbox'),
      reference: optional(text('What the provider calls the payment, once it has said so.', 'pi_3Mt')),
      tender: integer("Which part of the order's total it is for.", 1, { minimum: 1 }),
      attempt: integer('Which try at that part it is.', 1, { minimum: 1 }),
      amount: someMoney('What was asked of the provider.', 598),
      facts: listOf(PaymentFact, 'Oldest first.'),
      version: integer('Revision of the payment, also its ETag.', 1, { minimum: 0 }),
    },
    'A payment with its facts, and the balances that are folded from them.',
  ),
);
export type PaymentWithFacts = Of<typeof PaymentWithFacts>;

/** What a payment's own events tell of it. */
export type PaymentView = PaymentBalance & Pick<PaymentWithFacts, 'orderId'>;

/** Null where no payment was requested. */
export function paymentView(state: PaymentState): PaymentView | null {
  if (state.status === 'none') return null;
  const { status, terms } = state;
  const { paymentId, orderId, amount } = terms;
  const nothing = zero(amount.currency);
  if (isCaptured(state)) {
    const { authorized, captured } = state;
    return { paymentId, orderId, status, authorized, captured, refunded: money(state.refunded, amount.currency) };
  }
  const view = { paymentId, orderId, status, authorized: nothing, captured: nothing, refunded: nothing };
  if (isUnsettled(state)) return state.action === null ? view : { ...view, action: state.action };
  if (state.status !== 'authorized') return view;
  const { authorized, expiresAt } = state;
  return { ...view, authorized, ...(expiresAt === null ? {} : { expiresAt }) };
}

/** Checks whether the provider holds an authorised amount that is neither captured nor voided, or may: it has not answered yet. */
export function holdsMoney(state: PaymentState): boolean {
  if (isCaptured(state)) return state.authorized.amount > state.captured.amount;
  return state.status === 'authorized' || state.status === 'requested';
}
