import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { orderAggregate } from '../../domain/order/index.js';
import type { OrderCommand } from '../../domain/order/index.js';
import { actorOf, moneyOf, Operation, OrderResponse, problem, Roles, RouteTakes } from '../../infra/http/index.js';
import type { RequestAuth } from '../../infra/http/index.js';
import { given } from '../shared/given.js';
import type { WriteAnswer } from '../shared/write-answer.js';
import { WriteGate } from '../shared/write-gate.js';
import type { Sender } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import type { WriteScope } from '../shared/write-scope.js';
import { CancellationBody, RefundBody } from './order-bodies.js';
import { OrderDocuments, orderSnapshot } from './order-documents.js';
import { OrderGuard } from './order.guard.js';

/** The order decides first; sagas carry what it decided to stock, payment and carrier, hence the 202. */
@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(
    private readonly gate: WriteGate,
    private readonly documents: OrderDocuments,
  ) {}

  @Post(':id/cancellation')
  @HttpCode(202)
  @UseGuards(OrderGuard)
  @RouteTakes({ query: ['accessToken'] })
  @ApiQuery({
    name: 'accessToken',
    required: false,
    description: 'Opens the order instead of a bearer credential.',
    schema: { type: 'string', maxLength: 200 },
  })
  @Operation({
    id: 'orders.cancel',
    summary: 'Cancel an order',
    description:
      'Cancels what is not shipped yet, for the holder of the `accessToken` (as a bearer or as `?accessToken=`), the ' +
      'customer, `support` and `admin`. Held stock and money are given back, what shipped is charged.',
    codes: ['ORDER.NOT_FOUND', 'ORDER.NOT_CANCELLABLE'],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 202: [OrderResponse, 'The order as it was decided; stock and money follow.'] } })
  cancel(@Param('id') id: string, @Body() body: CancellationBody, @Res() reply: FastifyReply): Promise<void> {
    const command = { type: 'request-cancellation' as const, reason: body.reason };
    return this.gate.run(reply, (scope) => this.decide(id, command, scope), buyerOrStaff(reply.request.auth));
  }

  @Post(':id/refunds')
  @HttpCode(202)
  @Roles('support', 'admin')
  @Operation({
    id: 'orders.refund',
    summary: 'Refund money',
    description: 'Gives back an amount of what was captured, all that is left where no amount is named.',
    codes: ['ORDER.NOT_FOUND', 'ORDER.CURRENCY_MISMATCH', 'ORDER.REFUND_EMPTY', 'PAYMENT.REFUND_EXCEEDS_CAPTURED'],
  })
  @WriteRoute({ answers: { 202: [OrderResponse, 'The order as it was decided; the money follows.'] } })
  refund(@Param('id') id: string, @Body() body: RefundBody, @Res() reply: FastifyReply): Promise<void> {
    const { amount, reason } = body;
    return this.gate.run(reply, async (scope) => {
      const captured = await this.documents.captured(id);
      if (captured === null) throw problem('ORDER.NOT_FOUND', 'There is no such order.');
      const wanted = given({ amount: amount ? moneyOf(amount) : null });
      const refundId = scope.newId('refund');
      return this.decide(id, { type: 'request-refund', refundId, ...wanted, captured, reason }, scope);
    });
  }

  @Post(':id/attention/retry')
  @HttpCode(202)
  @Roles('support', 'admin')
  @Operation({
    id: 'orders.retryPayment',
    summary: 'Try refused money again',
    description: 'Asks the provider again for what it refused for good: a capture, a release or refunds.',
    codes: ['ORDER.NOTHING_TO_RETRY', 'ORDER.NOT_CONFIRMED', 'ORDER.NOT_FOUND'],
  })
  @WriteRoute({ answers: { 202: [OrderResponse, 'The order as it was decided; the money follows.'] } })
  retry(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, async (scope) => {
      const captured = await this.documents.captured(id);
      if (captured === null) throw problem('ORDER.NOT_FOUND', 'There is no such order.');
      return this.decide(id, { type: 'retry-payment', captured }, scope);
    });
  }

  private async decide(id: string, command: OrderCommand, scope: WriteScope): Promise<WriteAnswer> {
    const outcome = await scope.execute({
      aggregate: orderAggregate,
      id,
      missing: 'ORDER.NOT_FOUND',
      command,
      answer: orderSnapshot,
    });
    const { revision, position } = outcome;
    return { status: 202, body: await this.documents.after(outcome), revision, position };
  }
}

/** The holder of an accessToken has no name: the log says `guest`. */
const buyerOrStaff = ({ principal }: RequestAuth): Sender => ({
  actor: principal === null ? 'guest' : actorOf(principal),
});
