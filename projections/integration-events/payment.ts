import type { PaymentEvent } from '../../domain/payment/index.js';
import { outwardOf } from './definition.js';
import { object, text } from './schema.js';
import { money } from './shapes.js';

const told = outwardOf<PaymentEvent>();
const ofPayment = { paymentId: text(), orderId: text() };
const code = text('stable, such as PAYMENT.DECLINED');

// Left out: what is asked of the provider (its answers are told), with tokens and idempotency keys.

export const paymentEvents = [
  told('payment.authorized.v1', {
    description: 'The provider holds the money.',
    data: object({ ...ofPayment, amount: money() }),
  }),
  told('payment.declined.v1', { description: 'The provider said no.', data: object({ ...ofPayment, code }) }),
  told('payment.failed.v1', {
    description: 'No definite answer came in time; a late authorisation is voided.',
    data: object({ ...ofPayment, code }),
  }),
  told('payment.captured.v1', {
    description: 'The money was taken.',
    data: object({ ...ofPayment, amount: money(), authorized: money('what stays authorised') }),
  }),
  told('payment.capture-failed.v1', {
    description: 'The provider refused the capture.',
    data: object({ ...ofPayment, amount: money(), code }),
  }),
  told('payment.voided.v1', {
    description: 'The money is held no more.',
    data: object({ ...ofPayment, amount: money() }),
  }),
  told('payment.refunded.v1', {
    description: 'Money went back.',
    data: object({ ...ofPayment, refundId: text(), amount: money() }),
  }),
  told('payment.refund-failed.v1', {
    description: 'The provider refused the refund.',
    data: object({ ...ofPayment, refundId: text(), amount: money(), code }),
  }),
];
