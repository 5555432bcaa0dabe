import { PaymentExplained } from './explain-payment.js';
import { GetPaymentHandler } from './get-payment.query.js';
import { PaymentReadsController } from './payments.controller.js';

export const paymentReads = {
  controllers: [PaymentReadsController],
  handlers: [GetPaymentHandler, PaymentExplained],
};
