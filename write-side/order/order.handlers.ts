import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { orderAggregate, type OrderCommand } from '../../domain/order/index.js';
import type { RequestCommand } from '../shared/write-scope.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { OrderAnswers, orderSnapshot } from './order.answers.js';
import { CancelOrder, RefundOrder, RetryPayment } from './order.commands.js';

@CommandHandler(CancelOrder)
export class CancelOrderHandler implements ICommandHandler<CancelOrder> {
  constructor(private readonly answers: OrderAnswers) {}

  execute(request: CancelOrder): Promise<WriteAnswer> {
    return decide(request, this.answers, { type: 'request-cancellation', reason: request.data.reason });
  }
}

@CommandHandler(RefundOrder)
export class RefundOrderHandler implements ICommandHandler<RefundOrder> {
  constructor(private readonly answers: OrderAnswers) {}

  async execute(request: RefundOrder): Promise<WriteAnswer> {
    const { orderId, ...wanted } = request.data;
    const captured = await this.answers.captured(orderId);
    const bought = await this.answers.bought(orderId);
    const refundId = request.scope.newId('refund');
    return decide(request, this.answers, { type: 'request-refund', refundId, ...wanted, ...captured, ...bought });
  }
}

@CommandHandler(RetryPayment)
export class RetryPaymentHandler implements ICommandHandler<RetryPayment> {
  constructor(private readonly answers: OrderAnswers) {}

  async execute(request: RetryPayment): Promise<WriteAnswer> {
    const captured = await this.answers.captured(request.data.orderId);
    return decide(request, this.answers, { type: 'retry-payment', ...captured });
  }
}

/** Answers 202, as the order decides first, and sagas then carry its decision to stock, payment and carrier. */
async function decide(
  { scope, data }: RequestCommand<{ readonly orderId: string }>,
  answers: OrderAnswers,
  command: OrderCommand,
): Promise<WriteAnswer> {
  const outcome = await scope.execute({
    aggregate: orderAggregate,
    id: data.orderId,
    missing: 'ORDER.NOT_FOUND',
    command,
    answer: orderSnapshot,
  });
  const { revision, position } = outcome;
  return { status: 202, body: await answers.after(outcome), revision, position, isPersonal: true };
}
