import { OrderNote, OrderView } from '../../domain/order/index.js';
import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { actorOf, moneyOf, Operation, Roles, RouteTakes } from '../../infra/http/index.js';
import type { RequestAuth } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import type { Sender } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { CancellationBody, NoteBody, RefundBody } from './order.bodies.js';
import { AddNote, CancelOrder, RefundOrder, RetryPayment } from './order.commands.js';
import { OrderGuard } from './order.guard.js';

@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(private readonly gate: WriteGate) {}

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
      'customer, `support` and `admin`. Held stock and money are given back, what shipped is charged. An order of gift cards ' +
      'alone is paid when it is confirmed, and cannot be cancelled from then on.',
    codes: ['ORDER.NOT_FOUND', 'ORDER.NOT_CANCELLABLE'],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 202: [OrderView, 'The order as it was decided; stock and money follow.'] } })
  cancel(@Param('id') orderId: string, @Body() body: CancellationBody, @Res() reply: FastifyReply): Promise<void> {
    const data = { orderId, reason: body.reason };
    return this.gate.send(reply, (scope) => new CancelOrder(scope, data), buyerOrStaff(reply.request.auth));
  }

  @Post(':id/refunds')
  @HttpCode(202)
  @Roles('support', 'admin')
  @Operation({
    id: 'orders.refund',
    summary: 'Refund money',
    description:
      'Gives back an amount of what was captured, all that is left where no amount is named: of goods and shipping first, of gift ' +
      'cards that were bought only beyond them. What is given back of a card is taken off it, and refused where it is spent.',
    codes: [
      'ORDER.NOT_FOUND',
      'ORDER.CURRENCY_MISMATCH',
      'ORDER.REFUND_EMPTY',
      'PAYMENT.REFUND_EXCEEDS_CAPTURED',
      'GIFT_CARD.SPENT',
      'GIFT_CARD.NOT_ISSUED',
    ],
  })
  @WriteRoute({ answers: { 202: [OrderView, 'The order as it was decided; the money follows.'] } })
  refund(@Param('id') orderId: string, @Body() body: RefundBody, @Res() reply: FastifyReply): Promise<void> {
    const { amount, reason } = body;
    const data = { orderId, reason, ...(amount && { amount: moneyOf(amount) }) };
    return this.gate.send(reply, (scope) => new RefundOrder(scope, data));
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
  @WriteRoute({ answers: { 202: [OrderView, 'The order as it was decided; the money follows.'] } })
  retry(@Param('id') orderId: string, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new RetryPayment(scope, { orderId }));
  }

  @Post(':id/notes')
  @Roles('support', 'admin')
  @Operation({
    id: 'orders.addNote',
    summary: 'Add a note to an order',
    description:
      'Notes are for staff, in the order’s history, and never changed. The text is sealed with the buyer’s key.',
    codes: ['ORDER.BUYER_FORGOTTEN', 'ORDER.NOT_FOUND'],
  })
  @WriteRoute({ answers: { 201: [OrderNote, 'The note.'] } })
  note(@Param('id') orderId: string, @Body() { text }: NoteBody, @Res() reply: FastifyReply): Promise<void> {
    const createdAt = new Date().toISOString();
    return this.gate.send(reply, (scope) => new AddNote(scope, { orderId, createdAt, text }));
  }
}

/** Names the actor for the log; the holder of an accessToken has no name and is `guest`. */
const buyerOrStaff = ({ principal }: RequestAuth): Sender => ({
  actor: principal === null ? 'guest' : actorOf(principal),
});
