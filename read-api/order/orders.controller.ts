import { Controller, Get, Param, Query, Req, UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ACCESS_ROLES, CurrentPrincipal, orderCredential, Problems, Roles } from '../../infra/http/index.js';
import type { Page, Principal } from '../../infra/http/index.js';
import { Answers, AnswersPage, ListParams, Reads } from '../shared/index.js';
import { OrderCredentialGuard } from './credential.guard.js';
import { GetOrder } from './get-order.query.js';
import { ListOrders } from './list-orders.query.js';
import { OrderListParams, OrderParams } from './order.params.js';
import { OrderResponse } from './order.responses.js';

@ApiTags('orders')
@Controller('v1')
export class OrderReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('orders')
  @Roles('support', 'admin')
  @Reads({ from: ['orders'], noStore: true })
  @AnswersPage(OrderResponse)
  list(@Query() request: OrderListParams): Promise<Page<OrderResponse>> {
    return this.queries.execute(new ListOrders(request));
  }

  @Get('me/orders')
  @Roles(...ACCESS_ROLES)
  @Reads({ from: ['orders'], noStore: true })
  @AnswersPage(OrderResponse)
  mine(@CurrentPrincipal() { sub }: Principal, @Query() page: ListParams): Promise<Page<OrderResponse>> {
    return this.queries.execute(new ListOrders({ ...page, customerId: sub }));
  }

  @Get('orders/:id')
  @UseGuards(OrderCredentialGuard)
  @ApiBearerAuth()
  @Reads({ from: ['orders'], versioned: true, noStore: true })
  @Answers(OrderResponse, 'The order, for its accessToken, its customer, support or admin.')
  @Problems(401)
  order(@Param('id') id: string, @Query() _: OrderParams, @Req() request: FastifyRequest): Promise<OrderResponse> {
    return this.queries.execute(new GetOrder(id, orderCredential(request)));
  }
}
