import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { OrderView } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { inLog, queryName, readKeyset } from '../shared/index.js';
import { acceptsOrder } from './order-list-plan.js';
import type { OrderFilter } from './order-list-plan.js';
import { lookupsFor, scoreOf } from './order-search.js';
import { staffRow } from './order-row.js';
import { ParkedOrders } from './parked-orders.js';

export interface OrderSearchRequest extends OrderFilter {
  readonly q: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of the orders that a text finds, the best first. */
export class FindOrders extends Query<Page<OrderView>> {
  constructor(readonly request: OrderSearchRequest) {
    super();
  }
}

/** Of each way to find an order; the newest count. */
const MOST_EACH = 200;
/** Digits of a score. */
const PLACES = 4;

interface Hit {
  readonly order: OrderDocument;
  /** Sorts the best first, then the newest, then by id. */
  readonly key: readonly [score: string, placedAt: string, orderId: string];
}

@QueryHandler(FindOrders)
export class FindOrdersHandler implements IQueryHandler<FindOrders> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
    private readonly parked: ParkedOrders,
  ) {}

  /** @throws ProblemError 400 naming `cursor`, READ_MODEL.PARKED where an order waits for an event of which nothing can be shown */
  async execute({ request: { limit, cursor, ...search } }: FindOrders): Promise<Page<OrderView>> {
    const now = Date.now();
    const name = inLog(queryName('orders-found', { ...search }), this.log);
    const after = readKeyset(cursor, name, 3);
    if (after !== undefined && !/^\d+$/.test(after[0] ?? '')) throw brokenCursor();
    const accepts = acceptsOrder(search, now);
    const hits = (await this.hits(search.q)).filter(
      ({ order, key }) => accepts(order) && (after === undefined || isAfter(key, after)),
    );
    const page = hits.slice(0, limit);
    const lacking = await this.lacking(new Set(page.map(({ order }) => order.orderId)));
    const last = page.at(-1);
    return {
      items: page.map(({ order }) => staffRow(now)({ order, ...lacking.get(order.orderId) })),
      nextCursor: hits.length > limit && last !== undefined ? writeCursor(name, [...last.key]) : null,
    };
  }

  private async hits(q: string): Promise<readonly Hit[]> {
    const found = new Map<string, OrderDocument>();
    const own = await this.store.get<OrderDocument>('orders', q.trim());
    if (own !== undefined) found.set(own.id, own.doc);
    for (const { index, value } of lookupsFor(q)) {
      const query = { index, equals: [value], direction: 'descending', limit: MOST_EACH } as const;
      for (const { id, doc } of await this.store.find<OrderDocument>('orders', query)) found.set(id, doc);
    }
    return [...found.values()]
      .map((order) => ({ order, score: scoreOf(q, order) }))
      .filter(({ score }) => score > 0)
      .map(({ order, score }): Hit => ({ order, key: keyOf(order, score) }))
      .toSorted((a, b) => (isAfter(a.key, b.key) ? 1 : -1));
  }

  /** What is found of an order that lacks events is of the past, and says so. */
  private async lacking(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, { readonly lacksSince: string }>> {
    const belongs = ({ orderId }: OrderDocument): boolean => ids.has(orderId);
    const parked = await this.parked.within({ newest: undefined, oldest: undefined, belongs });
    return new Map(parked.map(({ order, since }) => [order.orderId, { lacksSince: since }]));
  }
}

const keyOf = ({ placedAt, orderId }: OrderDocument, score: number): Hit['key'] => [
  String(score).padStart(PLACES, '0'),
  placedAt,
  orderId,
];

/** Whether a place is behind another: all three go down. */
function isAfter(key: readonly string[], other: readonly string[]): boolean {
  const at = key.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (key[at] ?? '') < (other[at] ?? '');
}
