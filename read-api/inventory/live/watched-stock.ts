import { streamOf } from '../../../domain/shared/index.js';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventStore, Position, RecordedEvent } from '../../../infra/event-store/index.js';
import type { ReadStore } from '../../../infra/read-store/index.js';
import { noStock, stockReadModel } from '../../../projections/inventory/index.js';
import type { StockDocument } from '../../../projections/inventory/index.js';
import type { AnyReadModel } from '../../../projections/read-model.js';
import type { StockAt, StockWatch } from './stock-watch.js';

const RULES: AnyReadModel['on'] = stockReadModel.on;

export interface StockSources {
  /** Resolves when whatever is recorded from then on is handed over. */
  readonly followed: Promise<unknown>;
  readonly log: EventStore;
  readonly documents: ReadStore;
}

/** One SKU that somebody watches: the read model's document, kept up with the log by the read model's own record. */
export class WatchedStock {
  readonly watches = new Set<StockWatch>();
  /** Resolves when the stock is known. */
  readonly loaded: Promise<void>;
  #doc: StockDocument;
  #position: Position | null = null;
  /** What the log hands over while the document is being read. */
  #early: RecordedEvent[] | null = [];

  constructor(
    private readonly sku: string,
    private readonly sources: StockSources,
  ) {
    this.#doc = noStock(sku);
    this.loaded = this.#load();
    // Whoever watches hears of a failure; when nobody does any more it is none.
    this.loaded.catch(() => undefined);
  }

  get now(): StockAt {
    const { sku, onHand, reserved, available } = this.#doc;
    return { counts: { sku, onHand, reserved, available }, position: this.#position };
  }

  /** Events of this SKU, in order; those that are in the stock already are left out. */
  apply(event: RecordedEvent): void {
    if (this.#early !== null) this.#early.push(event);
    else if (this.#changes(event)) for (const watch of this.watches) watch.changed(this.sku);
  }

  /** Whether the counts are others with this event: not all that is recorded of a SKU moves units. */
  #changes(event: RecordedEvent): boolean {
    const { onHand, reserved } = this.#doc;
    return this.#fold(event) && (onHand !== this.#doc.onHand || reserved !== this.#doc.reserved);
  }

  /** The read model may be behind: what it lacks is at the end of the SKU's stream. */
  async #load(): Promise<void> {
    const { followed, log, documents } = this.sources;
    await followed;
    const stored = await documents.get<StockDocument>('stock', this.sku);
    if (stored !== undefined) {
      this.#doc = stored.doc;
      this.#position = stored.position;
    }
    const missing: RecordedEvent[] = [];
    for await (const event of log.read(streamOf('inventory', this.sku), { direction: 'backwards' })) {
      if (this.#has(event)) break;
      missing.push(event);
    }
    for (const event of missing.toReversed()) this.#fold(event);
    for (const event of this.#early ?? []) this.#fold(event);
    this.#early = null;
  }

  #has({ position }: RecordedEvent): boolean {
    return this.#position !== null && position <= this.#position;
  }

  #fold(event: RecordedEvent): boolean {
    const rule = RULES[event.type];
    if (rule === undefined || this.#has(event)) return false;
    const doc = rule.evolve(this.#doc as object as JsonObject, event, this.sku);
    if (doc !== null) this.#doc = doc as object as StockDocument;
    this.#position = event.position;
    return true;
  }
}
