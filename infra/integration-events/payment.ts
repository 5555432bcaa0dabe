import type { PaymentEvent } from '../../domain/payment/index.js';
import { outwardOf } from './definition.js';
import { errorCode, flag, nullable, object, text } from '../../domain/shared/schema.js';
import { Money, someMoney } from '../../domain/shared/index.js';

const told = outwardOf<PaymentEvent>();
const ofPayment = { paymentId: text(), orderId: text() };
const said = {
  ...ofPayment,
  provider: text('who said so'),
  reference: nullable(text(), "the provider's name for it; null where it gave none"),
};
const code = errorCode('stable, such as PAYMENT.DECLINED');

// Left out: what is asked of the provider (its answers are told), with tokens, keys and the pages that buyers are sent to.

export const paymentEvents = [
  told('payment.authorized.v1', {
    description: 'The provider holds the money.',
    data: object({ ...said, amount: someMoney('what is held, which may be another amount than was asked for') }),
  }),
  told('payment.declined.v1', { description: 'The provider said no.', data: object({ ...said, code }) }),
  told('payment.failed.v1', {
    description: 'No definite answer came in time; a late authorisation is voided.',
    data: object({ ...ofPayment, code }),
  }),
  told('payment.captured.v1', {
    description: 'The money was taken.',
    data: object({ ...said, captureId: text(), amount: Money, authorized: someMoney('what stays authorised') }),
  }),
  told('payment.capture-failed.v1', {
    description: 'The provider refused the capture.',
    data: object({ ...said, captureId: text(), amount: Money, code }),
  }),
  told('payment.voided.v1', {
    description: 'The money is held no more.',
    data: object({ ...said, amount: Money, requested: flag('false where the provider let go by itself') }),
  }),
  told('payment.refunded.v1', {
    description: 'Money went back.',
    data: object({ ...said, refundId: text(), amount: Money }),
  }),
  told('payment.refund-failed.v1', {
    description: 'The provider refused the refund.',
    data: object({ ...said, refundId: text(), amount: Money, code }),
  }),
  told('payment.disputed.v1', {
    description: "The buyer's bank asks for the money back.",
    data: object({
      ...said,
      reference: text("the dispute's"),
      amount: Money,
      reason: text("in the provider's words"),
    }),
  }),
  told('payment.dispute-closed.v1', {
    description: 'A dispute was decided; won: the shop keeps the money.',
    data: object({ ...said, reference: text("the dispute's"), amount: Money, outcome: text('won or lost') }),
  }),
];
