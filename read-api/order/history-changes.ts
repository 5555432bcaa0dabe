import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { jsonChanges } from '../../infra/shared/json-changes.js';
import type { JsonChange } from '../../infra/shared/json-changes.js';
import type { Position } from '../../infra/shared/position.js';
import { DocumentChanges, followedCart, followedOrder, followedPayment, followedStock } from './document-changes.js';
import type { OrderEvents } from './sealed-order-events.js';

/** What an event changed of a document. */
export interface ResourceChange extends JsonChange {
  /** As it stands in the address of the document after `/v1/`. */
  readonly resource: string;
}

/** The changes of events, by their positions: ids are computed. */
type ChangesByEvent = ReadonlyMap<Position, readonly ResourceChange[]>;

/** So far along the stream of a SKU its stock is folded for one order: beyond, nothing is said of it. */
const MOST_FOLDED = 20_000;
const STOCK = streamOf('inventory', '');

/** Says what the events of an order's history changed of order, payment, cart and stock. */
@Injectable()
export class HistoryChanges {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @param wanted positions of events of the history, one after the other */
  async of({ opened, events }: OrderEvents, wanted: ReadonlySet<Position>): Promise<ChangesByEvent> {
    const changes = new Map<Position, readonly ResourceChange[]>();
    const { orderId, paymentId, cartId } = opened;
    const documents = [followedOrder(orderId), followedPayment(paymentId), followedCart(cartId)];
    const followed = documents.map((document) => new DocumentChanges(document));
    let left = wanted.size;
    for (const event of events) {
      if (left === 0) break;
      if (!wanted.has(event.position)) for (const document of followed) document.pass(event);
      else {
        left -= 1;
        changes.set(
          event.position,
          followed.flatMap((document) => inResource(document.resource, document.take(event))),
        );
      }
    }
    for (const [event, of] of await this.#ofStock(events, wanted)) changes.set(event, of);
    return changes;
  }

  async #ofStock(events: readonly RecordedEvent[], wanted: ReadonlySet<Position>): Promise<ChangesByEvent> {
    const changes = new Map<Position, readonly ResourceChange[]>();
    const own = events.filter(({ stream }) => stream.startsWith(STOCK));
    const streams = new Set(own.filter(({ position }) => wanted.has(position)).map(({ stream }) => stream));
    for (const stream of streams) {
      const revisions = new Set(own.filter((event) => event.stream === stream).map(({ revision }) => revision));
      const last = own.findLast((event) => event.stream === stream && wanted.has(event.position));
      if (last === undefined || last.revision > MOST_FOLDED) continue;
      await this.#ofSku(stream, { revisions, last: last.revision }, changes);
    }
    return changes;
  }

  /** What others did to the stock since the order's event before stands before what the event did, so that all fold to the document. */
  async #ofSku(
    stream: string,
    { revisions, last }: { readonly revisions: ReadonlySet<number>; readonly last: number },
    changes: Map<Position, readonly ResourceChange[]>,
  ): Promise<void> {
    const stock = new DocumentChanges(followedStock(stream.slice(STOCK.length)));
    let shown: ReturnType<DocumentChanges['shown']> = null;
    for await (const event of this.log.read(stream, { limit: last + 1 })) {
      if (!revisions.has(event.revision)) {
        stock.pass(event);
        continue;
      }
      const meanwhile = [...jsonChanges(shown, stock.shown())];
      changes.set(event.position, inResource(stock.resource, [...meanwhile, ...stock.take(event)]));
      shown = stock.shown();
    }
  }
}

const inResource = (resource: string, changes: readonly JsonChange[]): readonly ResourceChange[] =>
  changes.map((change) => ({ resource, ...change }));
