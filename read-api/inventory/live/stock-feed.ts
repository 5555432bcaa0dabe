import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { StoreUnavailableError } from '../../../infra/shared/store-errors.js';
import { EVENT_STORE } from '../../../infra/event-store/index.js';
import type { Position } from '../../../infra/shared/position.js';
import type { EventStore, RecordedEvent, Subscription } from '../../../infra/event-store/index.js';
import { READ_MODEL_STORE } from '../../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../../infra/read-model-store/index.js';
import { StockWatch } from './stock-watch.js';
import type { StockAt } from './stock-watch.js';
import { WatchedStock } from './watched-stock.js';

const STREAM_PREFIX = 'inventory-';

/** A subscription to the log that all stock watches of the process share. */
interface Following {
  readonly subscription: Subscription;
  /** Every event up to this position has been applied to the watched stock. */
  position: Position | null;
  /** There will be no more. */
  hasEnded: boolean;
}

/** Feeds watches of stock from the log; subscribes only while there is a watch. */
@Injectable()
export class StockFeed implements OnModuleDestroy {
  readonly #stock = new Map<string, WatchedStock>();
  #following: Promise<Following> | null = null;
  #progress: (() => void)[] = [];

  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(READ_MODEL_STORE) private readonly documents: ReadModelStore,
  ) {}

  /** Of the log that is followed. */
  get logId(): string {
    return this.log.logId;
  }

  /**
   * Watches these SKUs. The watch first sends those that changed after `last`, or all of them, as they were at one moment.
   * @throws ProblemError READ_MODEL.PARKED for stock that an event cannot be applied to
   */
  async watch(skus: readonly string[], last: Position | null): Promise<StockWatch> {
    const since = await this.#ofThisLog(last);
    const watch = new StockWatch((sku) => this.#stock.get(sku)?.now);
    const stock = skus.map((sku) => this.#watched(sku, watch));
    try {
      // The log is followed before the documents are read, so that no event is missed between them.
      const following = await this.#follow();
      await Promise.all(stock.map(({ loaded }) => loaded));
      await this.#reached(following, stock);
      const changed = stock.map(({ now }) => now).filter(({ position }) => since === null || textOf(position) > since);
      for (const { counts } of changed.sort(byPosition)) watch.changed(counts.sku);
      return watch;
    } catch (error) {
      this.leave(watch);
      throw error;
    }
  }

  /**
   * Ignores a position past the end, or of another engine's form: it is of a log that was replaced. An error would be no use,
   * as an EventSource sends its last id again and again.
   */
  async #ofThisLog(position: Position | null): Promise<Position | null> {
    if (position === null) return null;
    const head = await this.log.head();
    return head !== null && position.length === head.length && position <= head ? position : null;
  }

  leave(watch: StockWatch): void {
    for (const [sku, { watches }] of this.#stock) {
      if (watches.delete(watch) && watches.size === 0) this.#stock.delete(sku);
    }
    if (this.#stock.size === 0) this.#stop();
  }

  onModuleDestroy(): void {
    this.#endAll();
  }

  #watched(sku: string, watch: StockWatch): WatchedStock {
    let stock = this.#stock.get(sku);
    if (stock === undefined) {
      stock = new WatchedStock(sku, { followed: this.#follow(), log: this.log, documents: this.documents });
      this.#stock.set(sku, stock);
    }
    stock.watches.add(watch);
    return stock;
  }

  #follow(): Promise<Following> {
    return (this.#following ??= this.#subscribe());
  }

  async #subscribe(): Promise<Following> {
    const head = await this.log.head();
    const following: Omit<Following, 'subscription'> = { position: head, hasEnded: false };
    const subscription = this.log.subscribe(
      { from: head, filter: { categories: ['inventory'] } },
      {
        onEvents: (events, upTo) => {
          for (const event of events) this.#take(event);
          following.position = upTo;
          this.#moved();
        },
        onError: () => {
          following.hasEnded = true;
          this.#moved();
          this.#endAll();
        },
      },
    );
    return Object.assign(following, { subscription });
  }

  #take(event: RecordedEvent): void {
    const sku = event.stream.slice(STREAM_PREFIX.length);
    // The next watch of it is refused as long as the event cannot be applied; all other stock is still fed.
    if (this.#stock.get(sku)?.apply(event) === false) this.#stock.delete(sku);
  }

  /** Some documents may have been read later than others: waits until the feed has passed them all. */
  async #reached(following: Following, stock: readonly WatchedStock[]): Promise<void> {
    const isBehind = (): boolean => stock.some(({ now }) => textOf(now.position) > textOf(following.position));
    while (isBehind()) {
      if (following.hasEnded) throw new StoreUnavailableError('the log cannot be followed');
      await new Promise<void>((resolve) => this.#progress.push(resolve));
    }
  }

  #moved(): void {
    const waiting = this.#progress;
    if (waiting.length === 0) return;
    this.#progress = [];
    for (const resolve of waiting) resolve();
  }

  /** Ends all watches, as the log failed or the process is ending: clients reconnect with the last id they have. */
  #endAll(): void {
    const watches = new Set([...this.#stock.values()].flatMap(({ watches: all }) => [...all]));
    for (const watch of watches) watch.end(null);
    this.#stock.clear();
    this.#stop();
  }

  #stop(): void {
    const following = this.#following;
    this.#following = null;
    void following?.then(({ subscription }) => subscription.close()).catch(() => undefined);
  }
}

const textOf = (position: Position | null): string => position ?? '';

const byPosition = (one: StockAt, other: StockAt): number => (textOf(one.position) < textOf(other.position) ? -1 : 1);
