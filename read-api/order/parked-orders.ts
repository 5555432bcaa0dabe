import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { isParkedStream, ParkedDocuments, parkedProblem } from '../shared/index.js';

/** The span of a page of orders, newest first. */
export interface OrderPageSpan {
  /** Times of placing, inclusive; undefined where there is no bound. */
  readonly newest: string | undefined;
  readonly oldest: string | undefined;
  /** Whether an order belongs to the list by all that never changes of it. */
  readonly belongs: (order: OrderDocument) => boolean;
}

/** An order that shows the past, and since when. */
export interface ParkedOrder {
  readonly order: OrderDocument;
  /** RFC 3339 UTC. */
  readonly since: string;
}

/** With more parked orders than this every page is refused: it is an outage. */
const MOST_LOOKED_AT = 1_000;

/** Lists of orders while some order waits for an event to be applied: pages that cannot have it go on. */
@Injectable()
export class ParkedOrders {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'read'>,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED when a parked order is on the page, or would be for all that is known */
  async refuse(span: OrderPageSpan): Promise<void> {
    const keys = [...(await this.parked.keys('orders'))];
    if (keys.length === 0) return;
    if (keys.length > MOST_LOOKED_AT || keys.some(isParkedStream)) throw parkedProblem('orders');
    const found = await this.store.getMany<OrderDocument>('orders', keys);
    for (const key of keys) if (await this.isWithin(span, key, found.get(key)?.doc)) throw parkedProblem('orders');
  }

  /**
   * Finds the parked orders of a page, for a list that shows them as what needs a person.
   * @throws ProblemError 503 READ_MODEL.PARKED when one is parked of which nothing can be shown, or there are too many
   */
  async within(span: OrderPageSpan): Promise<readonly ParkedOrder[]> {
    const keys = [...(await this.parked.keys('orders'))];
    if (keys.length > MOST_LOOKED_AT || keys.some(isParkedStream)) throw parkedProblem('orders');
    const found = await this.store.getMany<OrderDocument>('orders', keys);
    const orders: ParkedOrder[] = [];
    for (const key of keys) {
      const order = found.get(key)?.doc;
      if (!(await this.isWithin(span, key, order))) continue;
      if (order === undefined) throw parkedProblem('orders');
      orders.push({ order, since: (await this.lackingSince(key)) ?? order.placedAt });
    }
    return orders;
  }

  /** Of an order that could not even be opened only the time is known. */
  private async isWithin(span: OrderPageSpan, key: string, order: OrderDocument | undefined): Promise<boolean> {
    if (order !== undefined) return span.belongs(order) && spans(span, order.placedAt);
    const at = await this.lackingSince(key);
    return at !== null && spans(span, at);
  }

  /** When the first event happened that an order lacks. */
  private async lackingSince(key: string): Promise<string | null> {
    const lacking = await this.parked.firstLacking('orders', key);
    if (lacking === null) return null;
    const { stream, revision } = lacking;
    for await (const { at } of this.log.read(stream, { from: revision, limit: 1 })) return at;
    return null;
  }
}

const spans = ({ newest, oldest }: OrderPageSpan, time: string): boolean =>
  (newest === undefined || time <= newest) && (oldest === undefined || time >= oldest);
