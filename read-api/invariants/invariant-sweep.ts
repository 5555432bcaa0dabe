import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { ProjectionProgress } from '../../infra/engine/projections/progress.js';
import type { ReadModelStore, StoredDocument } from '../../infra/read-model-store/index.js';
import { stockReadModel } from '../../projections/inventory/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ordersReadModel } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { cartUntilCheckout, inLogOrder, readOrderStreams, StockEventsOfOrder } from '../order/order-streams.js';
import { foldEvent, foldPast, ParkedDocuments } from '../shared/index.js';
import type { Position } from '../../infra/shared/position.js';
import { INVARIANTS, type Broken, type InvariantList, type InvariantName } from './invariants.js';
import { brokenIn, type CheckedOrder } from './order-checks.js';
import { StockBook } from './stock-book.js';

/** Injection token of the sweep. */
export const INVARIANT_SWEEP = Symbol('InvariantSweep');

export interface InvariantSweepOptions {
  readonly log: EventStore;
  readonly store: ReadModelStore;
  readonly progress: ProjectionProgress;
  readonly onError: (error: unknown) => void;
  /** Milliseconds since the epoch; the machine's clock where it is left out. */
  readonly now?: () => number;
}

/** So many are looked at in a pass, besides the newest orders: what has just happened is what may have gone wrong. */
const PER_PASS = 25;
const NEWEST = 10;
const EVERY_MS = 1_000;
/** Of so many turns one is taken while nothing happens. */
const SKIPPED_AT_REST = 5;
/** Books are kept where they end, so that a stream is read once. */
const MOST_BOOKS = 10_000;
const MOST_SHOWN = 100;
/** Events; a coupon, a promotion or a gift card of others causes what follows within a moment. */
const SHORTLY_BEFORE = 1_000;

interface Book {
  readonly book: StockBook;
  doc: StockDocument | null;
}

/**
 * Holds orders and stock as they are read against what the log has of them, a few at a time, round and round. It keeps nothing but what
 * is broken, so that a checkout costs no document more; what is mended is forgotten when it is looked at again.
 */
export class InvariantSweep {
  private readonly found = new Map<string, readonly Broken[]>();
  private readonly books = new LRUCache<string, Book>({ max: MOST_BOOKS });
  private checked = 0;
  private head: Position | null = null;
  /** Rounds over all orders and SKUs since something was recorded. */
  private quietRounds = 0;
  private skipped = 0;
  private nextOrder: string | undefined;
  private nextSku: string | undefined;
  private passing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;

  private readonly stockEvents: StockEventsOfOrder;

  constructor(private readonly options: InvariantSweepOptions) {
    const { log, store, progress } = options;
    this.stockEvents = new StockEventsOfOrder(log, store, new ParkedDocuments(store, progress));
  }

  start(): void {
    this.timer = setInterval(() => void this.passIfDue().catch(this.options.onError), EVERY_MS);
    this.timer.unref();
  }

  /** Where nothing happens all has been looked at soon: then a pass in a while is enough to see what somebody does beside the engine. */
  private async passIfDue(): Promise<void> {
    const head = await this.options.log.head();
    if (head !== this.head) this.quietRounds = 0;
    this.head = head;
    this.skipped += 1;
    if (this.quietRounds > 0 && this.skipped < SKIPPED_AT_REST) return;
    this.skipped = 0;
    await this.pass();
    if (this.nextOrder === undefined && this.nextSku === undefined) this.quietRounds += 1;
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.passing?.catch(() => undefined);
  }

  /** Looks at the newest orders, and at the next ones of all. */
  pass(): Promise<void> {
    this.passing ??= this.passOnce().finally(() => (this.passing = null));
    return this.passing;
  }

  list(): InvariantList {
    const all = [...this.found.values()].flat();
    return { items: INVARIANTS.map((name) => this.item(name, all)) };
  }

  /** How many violations there are of each. */
  counts(): ReadonlyMap<InvariantName, number> {
    const all = [...this.found.values()].flat();
    return new Map(INVARIANTS.map((name) => [name, all.filter(({ invariant }) => invariant === name).length]));
  }

  private item(name: InvariantName, all: readonly Broken[]): InvariantList['items'][number] {
    const violations = all.filter(({ invariant }) => invariant === name);
    const shown = violations
      .slice(0, MOST_SHOWN)
      .map(({ resource, detail, eventIds }) => ({ resource, detail, eventIds }));
    return { name, holds: violations.length === 0, checked: this.checked, violations: shown };
  }

  private async passOnce(): Promise<void> {
    const { store } = this.options;
    const newest = { index: 'by-placed', direction: 'descending', limit: NEWEST } as const;
    for (const { id } of await store.find<OrderDocument>('orders', newest)) await this.order(id);
    const after = <Key extends string | undefined>(key: Key) => (key === undefined ? {} : { after: key });
    const orders = await store.scan<OrderDocument>('orders', { limit: PER_PASS, ...after(this.nextOrder) });
    for (const { id } of orders) await this.order(id);
    this.nextOrder = orders.length < PER_PASS ? undefined : orders.at(-1)?.id;
    const stock = await store.scan<StockDocument>('stock', { limit: PER_PASS, ...after(this.nextSku) });
    for (const { id } of stock) await this.stock(id);
    this.nextSku = stock.length < PER_PASS ? undefined : stock.at(-1)?.id;
  }

  private async order(orderId: string): Promise<void> {
    await setImmediate();
    const checked = await this.lookAt(orderId);
    if (checked === null) return;
    this.checked += 1;
    this.note(`orders/${orderId}`, brokenIn(checked));
  }

  /** Null where it changed while it was read: the next pass sees it again. */
  private async lookAt(orderId: string): Promise<CheckedOrder | null> {
    const { log, store, now = Date.now } = this.options;
    const before = await store.get<OrderDocument>('orders', orderId);
    const streams = await readOrderStreams(log, orderId);
    const after = await store.get<OrderDocument>('orders', orderId);
    if (before === undefined || streams === null || before.position !== after?.position) return null;
    const { order, payment, cards, shipments } = streams;
    const all = inLogOrder([...order, ...payment, ...cards, ...shipments]);
    const upTo = all.filter(({ position }) => position <= before.position);
    const folded = await foldPast<OrderDocument>(ordersReadModel, orderId, upTo).catch(() => before.doc);
    const known = await this.causesOf(all, streams.opened.cartId, orderId);
    return { orderId, doc: before.doc, folded, order, payment, shipments, known, now: now() };
  }

  /** Ids of the events about an order; those of its cart and of the stock are read only where something goes back to others. */
  private async causesOf(
    events: readonly RecordedEvent[],
    cartId: string,
    orderId: string,
  ): Promise<ReadonlySet<string>> {
    const known = new Set(events.map(({ id }) => id));
    const lacks = (): boolean =>
      events.some(({ metadata: { causationId } }) => causationId !== null && !known.has(causationId));
    if (lacks()) for (const { id } of await cartUntilCheckout(this.options.log, cartId, orderId)) known.add(id);
    if (lacks()) for (const { id } of await this.stockEvents.read(orderId).catch(() => [])) known.add(id);
    for (const { position, metadata } of events) {
      const { causationId } = metadata;
      if (causationId !== null && !known.has(causationId) && (await this.isBefore(position, causationId))) {
        known.add(causationId);
      }
    }
    return known;
  }

  /** Whether an event stands in the log shortly before a position: what is caused by no event of the order is so at once. */
  private async isBefore(position: Position, eventId: string): Promise<boolean> {
    const options = { from: position, direction: 'backwards', limit: SHORTLY_BEFORE } as const;
    for await (const { id } of this.options.log.readAll(options)) if (id === eventId) return true;
    return false;
  }

  private async stock(sku: string): Promise<void> {
    await setImmediate();
    const found = await this.options.store.get<StockDocument>('stock', sku);
    if (found === undefined) return;
    const kept = await this.bookUpTo(sku, found);
    this.checked += 1;
    const broken = kept.book.brokenIn(found.doc, kept.doc);
    this.note(`inventory/${sku}`, [...broken, ...(await this.leftOver(kept.book))]);
  }

  /** Reads on where the book ended, up to what the document has. */
  private async bookUpTo(sku: string, { doc, position }: StoredDocument<StockDocument>): Promise<Book> {
    let kept = this.books.get(sku);
    if (kept === undefined || kept.book.revision > doc.version) kept = { book: new StockBook(sku), doc: null };
    for await (const event of this.options.log.read(streamOf('inventory', sku), { from: kept.book.revision + 1 })) {
      if (event.position > position) break;
      kept.book.take(event);
      kept.doc = foldEvent<StockDocument>(stockReadModel, { id: sku, doc: kept.doc }, event);
    }
    this.books.set(sku, kept);
    return kept;
  }

  /** Units that are still held by orders which have come to nothing. */
  private async leftOver({ holds, sku, revision }: StockBook): Promise<readonly Broken[]> {
    const { log, store } = this.options;
    const found: Broken[] = [];
    const orders = await store.getMany<OrderDocument>('orders', [...holds.keys()]);
    for (const [orderId, { doc }] of orders) {
      if (doc.status !== 'rejected' && doc.status !== 'cancelled') continue;
      // Where the stock has moved on, the book is behind: it may have been released since.
      let isBehind = false;
      for await (const _ of log.read(streamOf('inventory', sku), { from: revision + 1, limit: 1 })) isBehind = true;
      if (isBehind) continue;
      const detail = `${holds.get(orderId) ?? 0} of ${sku} are held for an order that is ${doc.status}`;
      found.push({ invariant: 'checkouts', resource: `orders/${orderId}`, detail, eventIds: [] });
    }
    return found;
  }

  private note(resource: string, broken: readonly Broken[]): void {
    if (broken.length === 0) this.found.delete(resource);
    else this.found.set(resource, broken);
  }
}
