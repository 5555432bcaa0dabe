import { PaymentWebhooksController } from './payment-webhooks.controller.js';
import { RecordProviderNoticeHandler } from './payment.handlers.js';

export const paymentWrites = {
  controllers: [PaymentWebhooksController],
  handlers: [RecordProviderNoticeHandler],
};
