import { Controller, Get, Param, Query, Req, UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, orderCredential, Problems, Roles } from '../../infra/http/index.js';
import type { Page, Principal } from '../../infra/http/index.js';
import { Answers, AnswersPage, ListParams, latenessOf, NOW, parseAsOf, Reads } from '../shared/index.js';
import { OrderCredentialGuard } from './credential.guard.js';
import { GetOrderAsOf } from './get-order-as-of.query.js';
import { GetOrderHistory } from './get-order-history.query.js';
import { GetOrder } from './get-order.query.js';
import { ListOrders } from './list-orders.query.js';
import { HistoryEntryResponse } from './order-history.responses.js';
import { OrderListParams, OrderParams } from './order.params.js';
import { OrderResponse } from './order.responses.js';

@ApiTags('orders')
@Controller('v1')
export class OrderReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('orders')
  @Roles('support', 'admin')
  @Reads({ from: ['orders'] })
  @AnswersPage(OrderResponse)
  list(@Query() request: OrderListParams): Promise<Page<OrderResponse>> {
    return this.queries.execute(new ListOrders(request));
  }

  @Get('me/orders')
  @Roles('customer')
  @Reads({ from: ['orders'] })
  @AnswersPage(OrderResponse)
  mine(@CurrentPrincipal() { sub }: Principal, @Query() page: ListParams): Promise<Page<OrderResponse>> {
    return this.queries.execute(new ListOrders({ ...page, customerId: sub }));
  }

  @Get('orders/:id')
  @UseGuards(OrderCredentialGuard)
  @ApiBearerAuth()
  @Reads({ from: ['orders'], versioned: true })
  @Answers(OrderResponse, 'The order, for its accessToken, its customer, support or admin; with `asOf` as it was then.')
  @Problems(401)
  order(
    @Param('id') id: string,
    @Query() { asOf }: OrderParams,
    @Req() request: FastifyRequest,
  ): Promise<OrderResponse> {
    const credential = orderCredential(request);
    const late = latenessOf(request);
    // Where the read model is behind, the order's own streams have what is to be shown.
    const past = asOf === undefined ? null : parseAsOf(asOf);
    const then = past ?? (late === 'behind' ? NOW : null);
    return this.queries.execute(
      then === null ? new GetOrder(id, credential, late) : new GetOrderAsOf(id, credential, then),
    );
  }

  @Get('orders/:id/history')
  @Roles('support', 'admin')
  @Reads({ from: ['order-history'] })
  @AnswersPage(HistoryEntryResponse)
  @Problems(404)
  history(@Param('id') id: string, @Query() page: ListParams): Promise<Page<HistoryEntryResponse>> {
    return this.queries.execute(new GetOrderHistory(id, page));
  }
}
