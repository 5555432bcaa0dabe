import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import { orderView } from '../../projections/order/index.js';
import type { OrderDocument, OrderView } from '../../projections/order/index.js';
import { readKeyset, scanPage } from '../shared/index.js';
import { planOrderList } from './order-list-plan.js';
import type { OrderFilter } from './order-list-plan.js';

export interface OrderListRequest extends OrderFilter {
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of orders, newest first. */
export class ListOrders extends Query<Page<OrderView>> {
  constructor(readonly request: OrderListRequest) {
    super();
  }
}

@QueryHandler(ListOrders)
export class ListOrdersHandler implements IQueryHandler<ListOrders> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ request }: ListOrders): Promise<Page<OrderView>> {
    const { name, ...plan } = planOrderList(request);
    const page = await scanPage<OrderDocument>(this.store, {
      collection: 'orders',
      ...plan,
      after: readKeyset(request.cursor, name, 2),
      limit: request.limit,
      keyOf: ({ doc, id }) => [doc.placedAt, id],
    });
    return {
      items: page.documents.map(orderView),
      nextCursor: page.next === null ? null : writeCursor(name, page.next),
    };
  }
}
