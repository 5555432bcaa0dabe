import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, invalid, isTimestamp, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { FieldValue } from '../../infra/shared/document-query.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { buyersOrderView } from '../../projections/order/index.js';
import type { OrderView } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { inLog, readKeyset, scanPage } from '../shared/index.js';
import type { Keyset, ScannedPage } from '../shared/index.js';
import { ParkedOrders } from './parked-orders.js';
import type { OrderPageSpan } from './parked-orders.js';
import { staffRow, type OrderRow } from './order-row.js';
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
    const now = Date.now();
    const { name: list, belongs, ...plan } = planOrderList(request, now);
    const name = inLog(list, this.log);
    const { gte, lte } = plan.query.range ?? {};
    if (gte !== undefined && lte !== undefined && gte > lte) throw invalid('from', 'must not be after to');
    const after = placeIn(request.cursor, name);
    const page = await scanPage<OrderDocument>(this.store, {
      collection: 'orders',
      ...plan,
      after,
      limit: request.limit,
      keyOf: ({ doc }) => keyOf(doc),
    });
    const span = { belongs, newest: timeOf(after?.[0] ?? lte), oldest: timeOf(page.next?.[0] ?? gte) };
    const { rows, next } =
      request.attention === true
        ? await this.withParked({ ...page, after }, span, request)
        : await this.withoutParked(page, span);
    const show = request.customerId === undefined ? staffRow(now) : ({ order }: OrderRow) => buyersOrderView(order);
    return { items: rows.map(show), nextCursor: next === null ? null : writeCursor(name, next) };
  }

  private async withoutParked({ documents, next }: ScannedPage<OrderDocument>, span: OrderPageSpan): Promise<RowPage> {
    await this.parked.refuse(span);
    return { rows: documents.map((order) => ({ order })), next };
  }

  /** Has orders that lack events among those that need a person, each in its place. */
  private async withParked(
    { documents, next, after }: ScannedPage<OrderDocument> & { readonly after: Keyset | undefined },
    span: OrderPageSpan,
    { limit, status }: OrderListRequest,
  ): Promise<RowPage> {
    const parked = (await this.parked.within(span)).filter(
      ({ order }) =>
        (status === undefined || order.status === status) &&
        (after === undefined || isOlder(keyOf(order), after)) &&
        (next === null || !isOlder(keyOf(order), next)),
    );
    const ids = new Set(parked.map(({ order }) => order.orderId));
    const others: OrderRow[] = documents.filter(({ orderId }) => !ids.has(orderId)).map((order) => ({ order }));
    const rows = [...parked.map(({ order, since }): OrderRow => ({ order, lacksSince: since })), ...others].toSorted(
      (a, b) => (isOlder(keyOf(a.order), keyOf(b.order)) ? 1 : -1),
    );
    const last = rows[limit - 1]?.order;
    return rows.length <= limit || last === undefined
      ? { rows, next }
      : { rows: rows.slice(0, limit), next: keyOf(last) };
  }
}

interface RowPage {
  readonly rows: readonly OrderRow[];
  readonly next: Keyset | null;
}

const keyOf = ({ placedAt, orderId }: OrderDocument): readonly [string, string] => [placedAt, orderId];

/** Whether a place is behind another in a list of the newest first. */
const isOlder = ([time = '', id = '']: Keyset, [otherTime = '', otherId = '']: Keyset): boolean =>
  String(time) === String(otherTime) ? String(id) < String(otherId) : String(time) < String(otherTime);

/** When the last order of the page before was placed, and its id. */
function placeIn(cursor: string | undefined, name: string): Keyset | undefined {
  const keyset = readKeyset(cursor, name, 2);
  if (keyset !== undefined && !isTimestamp(keyset[0])) throw brokenCursor();
  return keyset;
}

const timeOf = (value: FieldValue | null | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
