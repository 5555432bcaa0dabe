import { GetPaymentAsOfHandler } from './get-payment-as-of.query.js';
import { GetPaymentHandler } from './get-payment.query.js';
import { PaymentReadsController } from './payments.controller.js';

export const paymentReads = {
  controllers: [PaymentReadsController],
  handlers: [GetPaymentHandler, GetPaymentAsOfHandler],
};
