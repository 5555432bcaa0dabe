import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { noteOf, orderAggregate, type OrderCommand } from '../../domain/order/index.js';
import { problem } from '../../infra/http/index.js';
import type { RequestCommand } from '../shared/write-scope.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { OrderAnswers, orderSnapshot } from './order.answers.js';
import { AddNote, CancelOrder, RefundOrder, RetryPayment } from './order.commands.js';

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

@CommandHandler(AddNote)
export class AddNoteHandler implements ICommandHandler<AddNote> {
  constructor(private readonly answers: OrderAnswers) {}

  /** @throws ProblemError ORDER.BUYER_FORGOTTEN: there is no key any more that the text could be sealed with */
  async execute({ scope, data: { orderId, ...note } }: AddNote): Promise<WriteAnswer> {
    if (await this.answers.isBuyerForgotten(orderId)) {
      throw problem(
        'ORDER.BUYER_FORGOTTEN',
        'The buyer was forgotten, and with them what staff notes of their orders.',
      );
    }
    const { actor } = scope.context;
    const { answer, revision, position } = await scope.execute({
      aggregate: orderAggregate,
      id: orderId,
      missing: 'ORDER.NOT_FOUND',
      command: { type: 'add-note', noteId: scope.newId('note'), ...note },
      answer: (_state, events) => events.flatMap((event) => noteOf(event, actor)),
    });
    const [body] = answer;
    if (body === undefined) throw new RangeError('an accepted note left no event');
    return { status: 201, body, revision, position, isPersonal: true };
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
