import { positionOfNumber } from '../../../../infra/shared/position.js';
import { StockWatch } from '../stock-watch.js';
import type { StockAt, StockCounts } from '../stock-watch.js';

/** With long names, so that their messages soon fill a connection. */
const MANY_SKUS = Array.from({ length: 100 }, (_, index) => `${'s'.repeat(61)}${index + 100}`);
/** After so many rounds in which a client is told nothing, its connection is full. */
const QUIET_ROUNDS = 50;
const MOST_ROUNDS = 2_000;

/** Stock without a log: what a SKU has is the number of its last change. */
export class Shelf {
  readonly stock = new Map<string, StockAt>();
  /** How often stock was told. */
  told = 0;
  readonly watch = new StockWatch((sku) => {
    this.told += 1;
    return this.stock.get(sku);
  });
  #number = 0;

  change(sku: string): void {
    this.#number += 1;
    const counts = { sku, onHand: this.#number, reserved: 0, available: this.#number };
    this.stock.set(sku, { counts, position: positionOfNumber(this.#number) });
    this.watch.changed(sku);
  }

  /** A hundred changes a round, with turns of the event loop in which they could be told. */
  async changeAll(rounds: number): Promise<void> {
    for (let left = rounds; left > 0; left -= 1) {
      for (const sku of MANY_SKUS) this.change(sku);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Changes until a client that does not read is told nothing any more. @throws where it is told all the same */
  async fillConnection(): Promise<void> {
    let quiet = 0;
    for (let round = 0; quiet < QUIET_ROUNDS; round += 1) {
      if (round > MOST_ROUNDS) throw new Error(`a client that does not read was told ${this.told} times`);
      const before = this.told;
      await this.changeAll(1);
      quiet = this.told === before ? quiet + 1 : 0;
    }
  }

  /** What a client knows at the end. */
  get counts(): Readonly<Record<string, StockCounts>> {
    return Object.fromEntries([...this.stock].map(([sku, { counts }]) => [sku, counts]));
  }
}

/** The last that was told of each SKU. */
export const lastTold = (messages: readonly string[]): Readonly<Record<string, StockCounts>> =>
  Object.fromEntries(
    messages.map((message) => {
      const counts = JSON.parse(message) as StockCounts;
      return [counts.sku, counts];
    }),
  );
