import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, invalid, isTimestamp, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { FieldValue } from '../../infra/shared/document-query.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { buyersOrderView, staffOrderView } from '../../projections/order/index.js';
import type { OrderView } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { inLog, readKeyset, scanPage } from '../shared/index.js';
import type { Keyset } from '../shared/index.js';
import { ParkedOrders } from './parked-orders.js';
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
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedOrders,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming `from`, READ_MODEL.PARKED for a page that has, or may have, an order which waits for an event */
  async execute({ request }: ListOrders): Promise<Page<OrderView>> {
    const { name: list, belongs, ...plan } = planOrderList(request);
    const name = inLog(list, this.log);
    const { gte, lte } = plan.query.range ?? {};
    if (gte !== undefined && lte !== undefined && gte > lte) throw invalid('from', 'must not be after to');
    const after = placeIn(request.cursor, name);
    const page = await scanPage<OrderDocument>(this.store, {
      collection: 'orders',
      ...plan,
      after,
      limit: request.limit,
      keyOf: ({ doc, id }) => [doc.placedAt, id],
    });
    const newest = timeOf(after?.[0] ?? lte);
    await this.parked.refuse({ belongs, newest, oldest: timeOf(page.next?.[0] ?? gte) });
    return {
      items: page.documents.map(request.customerId === undefined ? staffOrderView : buyersOrderView),
      nextCursor: page.next === null ? null : writeCursor(name, page.next),
    };
  }
}

/** When the last order of the page before was placed, and its id. */
function placeIn(cursor: string | undefined, name: string): Keyset | undefined {
  const keyset = readKeyset(cursor, name, 2);
  if (keyset !== undefined && !isTimestamp(keyset[0])) throw brokenCursor();
  return keyset;
}

const timeOf = (value: FieldValue | null | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
