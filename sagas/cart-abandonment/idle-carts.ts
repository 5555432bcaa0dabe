import type { CartEvent } from '../../domain/cart/index.js';
import type { Checkpoint, Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { StoredCursor, type DocumentStore } from '../../infra/document-store/index.js';

/** An open cart as it was at an event that is old enough. */
export interface IdleCart {
  readonly cartId: string;
  /** Of that event; the cart may have gone on since. */
  readonly revision: number;
}

/** The checkpoint of the scan. Derived: without it the scan begins anew and finds the carts that are still open. */
const CART_ABANDONMENT = 'cart-abandonment';

/** How many events of carts are read at once. */
const PAGE = 1_000;

const ENDED: ReadonlySet<string> = new Set<CartEvent['type']>(['cart.checked-out.v1', 'cart.abandoned.v1']);

export interface IdleCartsOptions {
  readonly eventStore: Pick<EventStore, 'logId' | 'head' | 'readAll'>;
  /** The store of what processes derive for themselves. */
  readonly documents: DocumentStore;
}

/** Scans the log at a distance: that a cart was changed later is found out by the cart's own stream. */
export class IdleCarts {
  constructor(private readonly options: IdleCartsOptions) {}

  /**
   * Finds the carts that were open at their last event on a page of events older than `before`, then those of the next page. A page
   * is finished when the next one is asked for; one that was not finished is read again.
   */
  async *upTo(before: string): AsyncGenerator<readonly IdleCart[]> {
    const { eventStore, documents } = this.options;
    const cursor = new StoredCursor(documents, CART_ABANDONMENT);
    let from = await this.placeIn(await cursor.load());
    for (;;) {
      const events = await this.page(from, before);
      const last = events.at(-1);
      if (last === undefined) return;
      yield idleIn(events);
      from = last.position;
      // Where another process looks at the same carts, the rest is its own.
      if (!(await cursor.save({ logId: eventStore.logId, position: from })) || events.length < PAGE) return;
    }
  }

  /** Ignores a checkpoint of another log, or one beyond the end of this log. */
  private async placeIn(saved: Checkpoint | null): Promise<Position | null> {
    const { eventStore } = this.options;
    const head = await eventStore.head();
    if (saved === null || head === null || saved.logId !== eventStore.logId) return null;
    return saved.position > head ? null : saved.position;
  }

  private async page(from: Position | null, before: string): Promise<readonly RecordedEvent[]> {
    const page: RecordedEvent[] = [];
    const filter = { categories: ['cart'] };
    for await (const event of this.options.eventStore.readAll({ from, filter, limit: PAGE })) {
      if (event.at >= before) break;
      page.push(event);
    }
    return page;
  }
}

function idleIn(events: readonly RecordedEvent[]): readonly IdleCart[] {
  const last = new Map<string, RecordedEvent>();
  for (const event of events) last.set(event.stream, event);
  return [...last.values()]
    .filter(({ type }) => !ENDED.has(type))
    .map(({ stream, revision }) => ({ cartId: stream.slice('cart-'.length), revision }));
}
