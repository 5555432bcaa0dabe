import { BoughtGiftCard, OrderNote, OrderView } from '../../domain/order/index.js';
import { Controller, Get, Param, Query, Req, UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  ACCESS_ROLES,
  CurrentPrincipal,
  Operation,
  orderCredential,
  OrderCredentialGuard,
  Roles,
} from '../../infra/http/index.js';
import type { Page, Principal } from '../../infra/http/index.js';
import { Answers, ListParams, latenessOf, NOW, pageOf, parseAsOf, Reads } from '../shared/index.js';
import { GetOrderAsOf } from './get-order-as-of.query.js';
import { GetOrderCausation } from './get-order-causation.query.js';
import { GetOrderGiftCards } from './get-order-gift-cards.query.js';
import { GetOrderHistory } from './get-order-history.query.js';
import { GetOrder } from './get-order.query.js';
import { ListOrderNotes } from './list-order-notes.query.js';
import { FindOrders } from './find-orders.query.js';
import { ListOrders } from './list-orders.query.js';
import { HistoryEntry } from './history-entry.js';
import { DiffOrder } from './diff-order.query.js';
import { OrderCausation } from './order-causation.js';
import { OrderDiff } from './order-diff.js';
import { OrderDiffParams, OrderHistoryParams, OrderListParams, OrderParams } from './order.params.js';
import { OrderVerification } from './order-verification.js';
import { VerifyOrder } from './verify-order.query.js';

const OrderPage = pageOf(OrderView, 'OrderPage');
const BoughtGiftCardPage = pageOf(BoughtGiftCard, 'BoughtGiftCardPage');
const OrderNotePage = pageOf(OrderNote, 'OrderNotePage');
const HistoryPage = pageOf(HistoryEntry, 'HistoryPage');

@ApiTags('orders')
@Controller('v1')
export class OrderReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('orders')
  @Roles('support', 'admin')
  @Reads({ from: ['orders'] })
  @Operation({
    id: 'orders.list',
    summary: 'Find orders',
    description:
      'Lists orders, the newest first, or, with `q`, those that it finds, the best first; filters are joined by and.',
  })
  @Answers(OrderPage, 'A page of orders.')
  list(@Query() request: OrderListParams): Promise<Page<OrderView>> {
    const { q, ...filter } = request;
    return this.queries.execute(q === undefined ? new ListOrders(filter) : new FindOrders({ ...filter, q }));
  }

  @Get('me/orders')
  @Roles(...ACCESS_ROLES)
  @Reads({ from: ['orders'] })
  @Operation({
    id: 'me.listOrders',
    summary: 'List my orders',
    description:
      'Lists the orders of the customer who is signed in, the newest first: those that were checked out with the same ' +
      'subject. Staff has none, whatever its subject.',
  })
  @Answers(OrderPage, 'A page of orders.')
  async mine(@CurrentPrincipal() { id, role }: Principal, @Query() page: ListParams): Promise<Page<OrderView>> {
    if (role !== 'customer') return { items: [], nextCursor: null };
    return this.queries.execute(new ListOrders({ ...page, customerId: id }));
  }

  @Get('orders/:id')
  @UseGuards(OrderCredentialGuard)
  @Reads({ from: ['orders'], versioned: true })
  @Operation({
    id: 'orders.get',
    summary: 'Read an order',
    description:
      'Shows the order to the holder of its `accessToken` (as a bearer or as `?accessToken=`), to its customer, `support` ' +
      'and `admin`; to anybody else there is none. With `asOf` it is shown as it was then.',
    codes: ['AUTH.REQUIRED', 'ORDER.NOT_FOUND'],
    credential: 'optional',
  })
  @Answers(OrderView, 'The order.', ['ETag'])
  order(@Param('id') id: string, @Query() { asOf }: OrderParams, @Req() request: FastifyRequest): Promise<OrderView> {
    const credential = orderCredential(request);
    const late = latenessOf(request);
    // Where the read model is behind, the order's own streams have what is to be shown.
    const past = asOf === undefined ? null : parseAsOf(asOf);
    const then = past ?? (late === 'behind' ? NOW : null);
    return this.queries.execute(
      then === null ? new GetOrder(id, credential, late) : new GetOrderAsOf(id, credential, then),
    );
  }

  @Get('orders/:id/gift-cards')
  @UseGuards(OrderCredentialGuard)
  @Reads({ from: 'log' })
  @Operation({
    id: 'orders.giftCards',
    summary: 'Read the gift cards of an order',
    description:
      'Shows the gift cards that were bought, once they are issued, to whoever may read the order; it is one page. The holder ' +
      'of its `accessToken` and its customer are shown the codes, which are money; `support` and `admin` are not.',
    codes: ['AUTH.REQUIRED', 'ORDER.NOT_FOUND'],
    credential: 'optional',
  })
  @Answers(BoughtGiftCardPage, 'The cards.')
  giftCards(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Page<BoughtGiftCard>> {
    return this.queries.execute(new GetOrderGiftCards(id, orderCredential(request)));
  }

  @Get('orders/:id/history')
  @Roles('support', 'admin')
  @Reads({ from: ['order-history'] })
  @Operation({
    id: 'orders.history',
    summary: 'Read what happened to an order',
    description:
      'Everything that touched the order, in the order of the log: in its cart up to the checkout, in the order itself, in ' +
      'its payment, stock and shipments; each with who did it and why, and what it changed.',
    codes: ['ORDER.NOT_FOUND'],
  })
  @Answers(HistoryPage, 'A page of what happened.')
  history(@Param('id') id: string, @Query() page: OrderHistoryParams): Promise<Page<HistoryEntry>> {
    return this.queries.execute(new GetOrderHistory(id, page));
  }

  @Get('orders/:id/diff')
  @Roles('support', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'orders.diff',
    summary: 'Compare an order at two moments',
    description: 'What changed of the order as staff sees it, each with the last event that changed it.',
    codes: ['ORDER.NOT_FOUND'],
  })
  @Answers(OrderDiff, 'What changed.')
  diff(@Param('id') id: string, @Query() { from, to }: OrderDiffParams): Promise<OrderDiff> {
    const moments = { from: parseAsOf(from), to: to === undefined ? NOW : parseAsOf(to) };
    return this.queries.execute(new DiffOrder(id, moments));
  }

  @Get('orders/:id/causation')
  @Roles('support', 'admin')
  @Reads({ from: ['order-history', 'sagas'] })
  @Operation({
    id: 'orders.causation',
    summary: 'Read what led to what in an order',
    description:
      'A graph of all that happened to the order: commands, their events, the recorded steps of processes, and the calls of the ' +
      'payment provider with their idempotency key, answer and duration.',
    codes: ['ORDER.NOT_FOUND'],
  })
  @Answers(OrderCausation, 'What led to what.')
  causation(@Param('id') id: string): Promise<OrderCausation> {
    return this.queries.execute(new GetOrderCausation(id));
  }

  @Get('orders/:id/notes')
  @Roles('support', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'orders.notes',
    summary: 'Read the notes on an order',
    description: 'What staff noted of the order, the oldest first.',
    codes: ['ORDER.NOT_FOUND'],
  })
  @Answers(OrderNotePage, 'A page of notes.')
  notes(@Param('id') id: string, @Query() page: ListParams): Promise<Page<OrderNote>> {
    return this.queries.execute(new ListOrderNotes(id, page));
  }

  @Get('orders/:id/verification')
  @Roles('support', 'analyst', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'orders.verify',
    summary: 'Verify the history of an order',
    description:
      'Computes the hashes of the order’s events anew, of those in its cart, payment, shipments and gift cards too, and ' +
      'names every event that was altered, removed, added or put in another’s place since it was recorded.',
    codes: ['LOG.NOT_CHAINED', 'ORDER.NOT_FOUND'],
  })
  @Answers(OrderVerification, 'What the hashes say.')
  verification(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<OrderVerification> {
    return this.queries.execute(new VerifyOrder(id, principal));
  }
}
