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

/**
 * What one client has still to be told: a SKU at most once however often it changed, and then as it is when it is told, so
 * that a slow client costs no more than a fast one and ends with the truth. Those that changed first come first: positions
 * only rise, and the last one told is enough to go on after.
 */
export class StockWatch {
  readonly #changed = new Set<string>();
  #isStarted = false;
  #listener: () => void = () => undefined;
  #onEnd: () => void = () => undefined;

  constructor(private readonly stockOf: (sku: string) => StockAt | undefined) {}

  /** `onChange`: there is something to take; `onEnd`: there will be no more. Called at once where there is something already. */
  start(onChange: () => void, onEnd: () => void): void {
    this.#isStarted = true;
    this.#listener = onChange;
    this.#onEnd = onEnd;
    if (this.#changed.size > 0) onChange();
  }

  changed(sku: string): void {
    this.#changed.delete(sku);
    this.#changed.add(sku);
    if (this.#isStarted) this.#listener();
  }

  take(): StockAt | undefined {
    for (const sku of this.#changed) {
      this.#changed.delete(sku);
      return this.stockOf(sku);
    }
    return undefined;
  }

  end(): void {
    this.#onEnd();
  }
}
