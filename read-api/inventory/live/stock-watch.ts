import type { Position } from '../../../infra/event-store/index.js';

/** What is told of a SKU. */
export interface StockCounts {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

/** Stock as it is after the event at `position`; null where nothing ever happened to it. */
export interface StockAt {
  readonly counts: StockCounts;
  readonly position: Position | null;
}

/** Why there is no more to tell: an event cannot be applied to this SKU, whose stock is therefore unknown. */
export interface StockParked {
  readonly code: 'READ_MODEL.PARKED';
  readonly sku: string;
}

/** How a client is told what a watch has. */
export interface Telling {
  /** The client is gone. */
  readonly onClose: () => void;
  /** Milliseconds between signs of life, by which each side notices that the other is gone. */
  readonly heartbeatMs: number;
}

/** Called once, when there will be no more; null: a client that comes back, here or elsewhere, can go on. */
export type OnEnd = (parked: StockParked | null) => void;

/**
 * What one client has still to be told: a SKU at most once however often it changed, and then as it is when it is told, so
 * that a slow client costs no more than a fast one and ends with the truth. Those that changed first come first: positions
 * only rise, and the last one told is enough to go on after.
 */
export class StockWatch {
  readonly #changed = new Set<string>();
  #listeners: { readonly onChange: () => void; readonly onEnd: OnEnd } | null = null;
  /** Undefined as long as there may be more. */
  #end: StockParked | null | undefined;

  constructor(private readonly stockOf: (sku: string) => StockAt | undefined) {}

  /** `onChange`: there is something to take. Called at once for what came before. */
  start(onChange: () => void, onEnd: OnEnd): void {
    this.#listeners = { onChange, onEnd };
    if (this.#end !== undefined) onEnd(this.#end);
    else if (this.#changed.size > 0) onChange();
  }

  changed(sku: string): void {
    if (this.#end !== undefined) return;
    this.#changed.delete(sku);
    this.#changed.add(sku);
    this.#listeners?.onChange();
  }

  take(): StockAt | undefined {
    for (const sku of this.#changed) {
      this.#changed.delete(sku);
      return this.stockOf(sku);
    }
    return undefined;
  }

  /** Only the first end counts. */
  end(parked: StockParked | null): void {
    if (this.#end !== undefined) return;
    this.#end = parked;
    this.#changed.clear();
    this.#listeners?.onEnd(parked);
  }
}
