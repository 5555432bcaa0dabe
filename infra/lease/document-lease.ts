import { randomUUID } from 'node:crypto';
import { positionOfNumber } from '../event-store/index.js';
import {
  CheckpointConflictError,
  type Checkpoint,
  type CollectionDefinition,
  type ReadStore,
} from '../read-store/index.js';
import { isGone, thisProcess, type Holder } from './holder.js';
import { STALE_MS, type Lease } from './lease.js';

const RENEW_MS = 1_000;
const HOLDER = 'holder';
const PREFIX = 'lease-';

export interface LeaseOptions {
  readonly store: ReadStore;
  readonly name: string;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/**
 * A lease in a read store: a collection whose checkpoint is the holder's id with a count that goes up with every sign of
 * life, moved by compare-and-set, so that of two takers one fails.
 */
export const createLease = (options: LeaseOptions): Lease => new DocumentLease(options);

class DocumentLease implements Lease {
  readonly #id = randomUUID();
  readonly #collection: CollectionDefinition;
  readonly #now: () => number;
  #seen: Checkpoint | null | undefined;
  #seenAt = 0;
  #count = 0;
  #held: Checkpoint | null = null;

  constructor(private readonly options: LeaseOptions) {
    this.#collection = { name: PREFIX + options.name, version: 1, indexes: [] };
    this.#now = options.now ?? (() => performance.now());
  }

  async beat(): Promise<boolean> {
    const { store } = this.options;
    if (this.#seen === undefined) await store.ensure(this.#collection);
    const seen = await store.checkpoint(this.#collection);
    if (!same(seen, this.#seen)) {
      this.#seen = seen;
      this.#seenAt = this.#now();
    }
    const silentFor = this.#now() - this.#seenAt;
    if (this.#held !== null && same(seen, this.#held)) {
      return silentFor < RENEW_MS || this.#take(seen, thisProcess());
    }
    this.#held = null;
    return (await this.#isFree(seen, silentFor)) && this.#take(seen, thisProcess());
  }

  async release(): Promise<void> {
    if (this.#held === null) return;
    await this.#take(this.#held, { ...thisProcess(), released: true });
    this.#held = null;
  }

  async #isFree(seen: Checkpoint | null, silentFor: number): Promise<boolean> {
    if (seen === null || silentFor >= STALE_MS) return true;
    const holder = await this.options.store.get<Holder>(this.#collection, HOLDER);
    return holder === undefined || isGone(holder.doc);
  }

  async #take(expected: Checkpoint | null, doc: Holder): Promise<boolean> {
    const position = positionOfNumber((this.#count += 1));
    const next = { logId: this.#id, position };
    const writes = [{ id: HOLDER, position, doc }];
    try {
      await this.options.store.commitAll([
        { collection: this.#collection, writes, guard: 'none', move: { expected, next } },
      ]);
    } catch (error) {
      this.#held = null;
      if (error instanceof CheckpointConflictError) return false;
      throw error;
    }
    this.#held = next;
    this.#seen = next;
    this.#seenAt = this.#now();
    return true;
  }
}

const same = (one: Checkpoint | null, other: Checkpoint | null | undefined): boolean =>
  one?.logId === other?.logId && one?.position === other?.position && other !== undefined;
