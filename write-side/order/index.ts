import { OrderAnswers } from './order.answers.js';
import { AddNoteHandler, CancelOrderHandler, RefundOrderHandler, RetryPaymentHandler } from './order.handlers.js';
import { OrdersController } from './orders.controller.js';

export const orderWrites = {
  controllers: [OrdersController],
  handlers: [AddNoteHandler, CancelOrderHandler, RefundOrderHandler, RetryPaymentHandler, OrderAnswers],
};
