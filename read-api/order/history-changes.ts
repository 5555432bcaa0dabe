import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { jsonChanges } from '../../infra/shared/json-changes.js';
import type { JsonChange } from '../../infra/shared/json-changes.js';
import { DocumentChanges, followedCart, followedOrder, followedPayment, followedStock } from './document-changes.js';
import type { OrderEvents } from './order-events.js';

/** What an event changed of a document. */
export interface ResourceChange extends JsonChange {
  /** As it stands in the address of the document after `/v1/`. */
  readonly resource: string;
}

/** The changes of events, by their ids. */
type ChangesByEvent = ReadonlyMap<string, readonly ResourceChange[]>;

/** So far along the stream of a SKU its stock is folded for one order: beyond, nothing is said of it. */
const MOST_FOLDED = 20_000;
const STOCK = streamOf('inventory', '');

/** Says what the events of an order's history changed of order, payment, cart and stock. */
@Injectable()
export class HistoryChanges {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @param wanted ids of events of the history, one after the other */
  async of({ opened, events }: OrderEvents, wanted: ReadonlySet<string>): Promise<ChangesByEvent> {
    const changes = new Map<string, readonly ResourceChange[]>();
    const { orderId, paymentId, cartId } = opened;
    const documents = [followedOrder(orderId), followedPayment(paymentId), followedCart(cartId)];
    const followed = documents.map((document) => new DocumentChanges(document));
    let left = wanted.size;
    for (const event of events) {
      if (left === 0) break;
      if (!wanted.has(event.id)) for (const document of followed) document.pass(event);
      else {
        left -= 1;
        changes.set(
          event.id,
          followed.flatMap((document) => inResource(document.resource, document.take(event))),
        );
      }
    }
    for (const [event, of] of await this.#ofStock(events, wanted)) changes.set(event, of);
    return changes;
  }

  async #ofStock(events: readonly RecordedEvent[], wanted: ReadonlySet<string>): Promise<ChangesByEvent> {
    const changes = new Map<string, readonly ResourceChange[]>();
    const own = events.filter(({ stream }) => stream.startsWith(STOCK));
    const streams = new Set(own.filter(({ id }) => wanted.has(id)).map(({ stream }) => stream));
    for (const stream of streams) {
      const ids = new Set(own.filter((event) => event.stream === stream).map(({ id }) => id));
      const last = own.findLast((event) => event.stream === stream && wanted.has(event.id));
      if (last === undefined || last.revision > MOST_FOLDED) continue;
      await this.#ofSku(stream, { ids, last: last.revision }, changes);
    }
    return changes;
  }

  /** What others did to the stock since the order's event before stands before what the event did, so that all fold to the document. */
  async #ofSku(
    stream: string,
    { ids, last }: { readonly ids: ReadonlySet<string>; readonly last: number },
    changes: Map<string, readonly ResourceChange[]>,
  ): Promise<void> {
    const stock = new DocumentChanges(followedStock(stream.slice(STOCK.length)));
    let shown: ReturnType<DocumentChanges['shown']> = null;
    for await (const event of this.log.read(stream, { limit: last + 1 })) {
      if (!ids.has(event.id)) {
        stock.pass(event);
        continue;
      }
      const meanwhile = [...jsonChanges(shown, stock.shown())];
      changes.set(event.id, inResource(stock.resource, [...meanwhile, ...stock.take(event)]));
      shown = stock.shown();
    }
  }
}

const inResource = (resource: string, changes: readonly JsonChange[]): readonly ResourceChange[] =>
  changes.map((change) => ({ resource, ...change }));
