import { Inject, Injectable } from '@nestjs/common';
import type { CartEvent } from '../../domain/cart/index.js';
import type { IssuedCard, OrderEvent, OrderOpened } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { asEvent, EVENT_STORE, type EventStore, type RecordedEvent } from '../../infra/event-store/index.js';
import { READ_MODEL_STORE, type ReadModelStore } from '../../infra/read-model-store/index.js';
import type { OrderHistoryDocument } from '../../projections/order-history/index.js';
import { ParkedDocuments } from '../shared/index.js';

/** The streams of one order, its payment, its gift cards and its shipments, each read whole: they are short. */
export interface OrderStreams {
  readonly opened: OrderOpened['data'];
  readonly order: readonly RecordedEvent[];
  readonly payment: readonly RecordedEvent[];
  /** Those of the gift cards that pay it, or were bought with it, which are about the order. */
  readonly cards: readonly RecordedEvent[];
  readonly shipments: readonly RecordedEvent[];
}

/** Reads the streams of an order; null where there is no such order. */
export async function readOrderStreams(log: EventStore, orderId: string): Promise<OrderStreams | null> {
  const order = await readStream(log, streamOf('order', orderId));
  const events = order.map((event) => asEvent<OrderEvent>(event));
  const [opening] = events;
  if (opening?.type !== 'order.opened.v1') return null;
  const { data: opened } = opening;
  const cardIds = new Set([...(opened.tenders ?? []), ...boughtIn(events)].map(({ giftCardId }) => giftCardId));
  const cards = await Promise.all([...cardIds].map((giftCardId) => cardEvents(log, giftCardId, orderId)));
  const [payment, ...shipments] = await Promise.all([
    readStream(log, streamOf('payment', opened.paymentId)),
    ...shipmentsIn(events).map((id) => readStream(log, streamOf('shipment', id))),
  ]);
  return { opened, order, payment, cards: cards.flat(), shipments: shipments.flat() };
}

/** A card pays several orders: those of its events that are about one. */
async function cardEvents(log: EventStore, giftCardId: string, orderId: string): Promise<RecordedEvent[]> {
  const events = await readStream(log, streamOf('giftcard', giftCardId));
  return events.filter(({ data }) => data['orderId'] === orderId);
}

/**
 * Reads the events of a cart up to the checkout that opened the order. Earlier checkouts of the same cart, for orders that were
 * rejected, and their reopenings are left out; the lines that they left in the cart stay.
 */
export async function cartUntilCheckout(log: EventStore, cartId: string, orderId: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const recorded of log.read(streamOf('cart', cartId))) {
    const event = asEvent<CartEvent>(recorded);
    if (event.type === 'cart.checked-out.v1') {
      if (event.data.orderId === orderId) return [...events, recorded];
    } else if (event.type !== 'cart.reopened.v1') events.push(recorded);
  }
  return events;
}

/** Reads what happened to the stock of an order: its events are in the long streams of its SKUs, where an index has their revisions. */
@Injectable()
export class StockEventsOfOrder {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  async read(orderId: string): Promise<readonly RecordedEvent[]> {
    await this.parked.refuse('order-history', orderId);
    const { stock = {} } = (await this.store.get<OrderHistoryDocument>('order-history', orderId))?.doc ?? {};
    const events: RecordedEvent[] = [];
    for (const [sku, revisions] of Object.entries(stock)) {
      for (const from of revisions) {
        for await (const event of this.log.read(streamOf('inventory', sku), { from, limit: 1 })) events.push(event);
      }
    }
    return events;
  }
}

/** Sorts events by position, whose plain text order is the order of the log. */
export const inLogOrder = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  [...events].sort((one, other) => (one.position < other.position ? -1 : 1));

async function readStream(log: EventStore, stream: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read(stream)) events.push(event);
  return events;
}

const boughtIn = (events: readonly OrderEvent[]): readonly IssuedCard[] =>
  events.flatMap((event) => (event.type === 'order.gift-cards-issued.v1' ? event.data.cards : []));

const shipmentsIn = (events: readonly OrderEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'order.shipment-created.v1' ? [event.data.shipmentId] : []));
