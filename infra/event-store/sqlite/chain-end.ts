import { hash } from 'node:crypto';

/** Number of events of a block; the chain covers a whole block by one hash. */
export const CHAIN_BLOCK = 32;

/** The chain of a log without events. */
export const chainStart = (logId: string): string => hash('sha256', logId);

/**
 * Computes the chain over the hashes of all events in the order of the log. It covers each whole block by one hash, and the events
 * after the last block by one more. A group of events so costs one hash and not one each, and the chain at a position does not
 * depend on the groups before it.
 */
export class ChainEnd {
  readonly #open: string[] = [];

  /** @param block the chain over all whole blocks, hex */
  constructor(public block: string) {}

  /** Adds the hash (hex) of the next event. */
  add(eventHash: string): void {
    if (this.#open.push(eventHash) < CHAIN_BLOCK) return;
    this.block = this.chain;
    this.#open.length = 0;
  }

  /** The chain in hex. */
  get chain(): string {
    return this.#open.length === 0 ? this.block : hash('sha256', this.block + this.#open.join(''));
  }
}

/** Computes the position of the last event of the last whole block. */
export const blockEnd = (position: number): number => position - (position % CHAIN_BLOCK);
