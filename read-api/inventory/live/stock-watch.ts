import type { Position } from '../../../infra/shared/position.js';

/** The counts of a SKU that clients are sent. */
export interface StockCounts {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

/** The stock after the event at `position`; null where the SKU has no stock event. */
export interface StockAt {
  readonly counts: StockCounts;
  readonly position: Position | null;
}

/** The reason why a watch ends: an event cannot be applied to this SKU, whose stock is therefore unknown. */
export interface StockParked {
  readonly code: 'READ_MODEL.PARKED';
  readonly sku: string;
}

/** The delivery of a watch to a client. */
export interface Delivery {
  /** Called when the client has disconnected. */
  readonly onClose: () => void;
  /** Milliseconds between heartbeats, by which each side notices that the other has disconnected. */
  readonly heartbeatMs: number;
}

/** Called once, when the watch ends; null: a client that reconnects, to any process, can resume. */
export type OnEnd = (parked: StockParked | null) => void;

/**
 * Queues the changed SKUs of one client, each at most once however often it changed and with its counts at the time of
 * sending: a slow client costs no more than a fast one and ends with the latest stock. SKUs are sent in the order of their
 * changes, so that positions only rise and the last one is enough to resume.
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
