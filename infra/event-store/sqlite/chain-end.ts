import { hash } from 'node:crypto';

/** Events of a block: the chain takes in their hashes by one hash where all are there. */
export const CHAIN_BLOCK = 32;

/** The chain of a log without events. */
export const chainStart = (logId: string): string => hash('sha256', logId);

/**
 * The end of the chain over the hashes of all events in the order of the log. It covers whole blocks by one hash a block,
 * and the events after them by one more, so that a group of events costs a hash and not each of them, and the chain at a
 * position is the same whatever groups led there.
 */
export class ChainEnd {
  readonly #open: string[] = [];

  /** @param block the chain over all whole blocks, hex */
  constructor(public block: string) {}

  /** Takes in the hash (hex) of the next event. */
  add(eventHash: string): void {
    if (this.#open.push(eventHash) < CHAIN_BLOCK) return;
    this.block = this.chain;
    this.#open.length = 0;
  }

  /** Hex. */
  get chain(): string {
    return this.#open.length === 0 ? this.block : hash('sha256', this.block + this.#open.join(''));
  }
}

/** Position of the last event in a whole block. */
export const blockEnd = (position: number): number => position - (position % CHAIN_BLOCK);
