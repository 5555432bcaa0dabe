import { OrderAnswers } from './order.answers.js';
import { CancelOrderHandler, RefundOrderHandler, RetryPaymentHandler } from './order.handlers.js';
import { OrdersController } from './orders.controller.js';

export const orderWrites = {
  controllers: [OrdersController],
  handlers: [CancelOrderHandler, RefundOrderHandler, RetryPaymentHandler, OrderAnswers],
};
