import { streamOf } from '../../../domain/shared/index.js';
import type { Position } from '../../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../../infra/event-store/index.js';
import type { ReadModelStore } from '../../../infra/read-model-store/index.js';
import { noStock, stockReadModel } from '../../../projections/inventory/index.js';
import type { StockDocument } from '../../../projections/inventory/index.js';
import { foldEvent } from '../../shared/index.js';
import type { StockAt, StockWatch } from './stock-watch.js';

export interface StockSources {
  /** Resolves when the log is followed: every later event is applied. */
  readonly followed: Promise<unknown>;
  readonly log: EventStore;
  readonly documents: ReadModelStore;
}

/** The stock of one watched SKU: the read model's document, folded on with the events of the log. */
export class WatchedStock {
  readonly watches = new Set<StockWatch>();
  /** Resolves when the stock is known; rejects with READ_MODEL.PARKED where an event cannot be applied to it. */
  readonly loaded: Promise<void>;
  #doc: StockDocument;
  #position: Position | null = null;
  /** Events that come while the document is being read. */
  #early: RecordedEvent[] | null = [];

  constructor(
    private readonly sku: string,
    private readonly sources: StockSources,
  ) {
    this.#doc = noStock(sku);
    this.loaded = this.#load();
    // Watches await `loaded`; without one a failure has no reader and must not end the process.
    this.loaded.catch(() => undefined);
  }

  get now(): StockAt {
    const { sku, onHand, reserved, available } = this.#doc;
    return { counts: { sku, onHand, reserved, available }, position: this.#position };
  }

  /**
   * Applies an event of this SKU, in order. An event that is folded already is skipped; one that moves no units is not sent.
   * @returns false for an event that cannot be applied: the stock is then unknown, and its watches end
   */
  apply(event: RecordedEvent): boolean {
    if (this.#early !== null) {
      this.#early.push(event);
      return true;
    }
    const { onHand, reserved } = this.#doc;
    try {
      this.#fold(event);
    } catch {
      for (const watch of this.watches) watch.end({ code: 'READ_MODEL.PARKED', sku: this.sku });
      return false;
    }
    if (onHand !== this.#doc.onHand || reserved !== this.#doc.reserved) {
      for (const watch of this.watches) watch.changed(this.sku);
    }
    return true;
  }

  /** Loads the document and folds the events that the read model lacks, from the end of the SKU's stream. */
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

  #fold(event: RecordedEvent): void {
    if (this.#has(event)) return;
    this.#doc = foldEvent(stockReadModel, { id: this.sku, doc: this.#doc }, event) ?? this.#doc;
    this.#position = event.position;
  }
}
