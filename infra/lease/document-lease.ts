import { randomUUID } from 'node:crypto';
import type { DocumentStore } from '../document-store/index.js';
import { isGone, thisProcess, type Holder } from './holder.js';
import { EXPIRES_AFTER_MS, type Lease } from './lease.js';

/** How often the holder writes that it is there; in between it only reads. */
const WRITE_EVERY_MS = 1_000;
const HOLDER = 'holder';
const PREFIX = 'lease-';

export interface LeaseOptions {
  readonly store: DocumentStore;
  readonly name: string;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/** The holder, with a counter that every renewal raises. */
type HeldLease = Holder & { readonly id: string; readonly count: number };

/** Keeps a lease in a document store: one document, replaced by compare-and-set, so that of two processes that acquire it one fails. */
export const createLease = (options: LeaseOptions): Lease => new DocumentLease(options);

class DocumentLease implements Lease {
  readonly #id = randomUUID();
  readonly #collection: string;
  readonly #now: () => number;
  #seen: HeldLease | null | undefined;
  #seenAt = 0;
  #count = 0;
  #held: HeldLease | null = null;

  constructor(private readonly options: LeaseOptions) {
    this.#collection = PREFIX + options.name;
    this.#now = options.now ?? (() => performance.now());
  }

  async acquireOrRenew(): Promise<boolean> {
    const { store } = this.options;
    if (this.#seen === undefined) await store.ensure({ name: this.#collection, indexes: [] });
    const seen = (await store.get<HeldLease>(this.#collection, HOLDER)) ?? null;
    if (!same(seen, this.#seen)) {
      this.#seen = seen;
      this.#seenAt = this.#now();
    }
    const silentFor = this.#now() - this.#seenAt;
    if (this.#held !== null && same(seen, this.#held)) {
      return silentFor < WRITE_EVERY_MS || this.#take(seen, thisProcess());
    }
    this.#held = null;
    return isFree(seen, silentFor) && this.#take(seen, thisProcess());
  }

  async release(): Promise<void> {
    if (this.#held === null) return;
    await this.#take(this.#held, { ...thisProcess(), released: true });
    this.#held = null;
  }

  async #take(expected: HeldLease | null, holder: Holder): Promise<boolean> {
    const next = { ...holder, id: this.#id, count: (this.#count += 1) };
    // Whether it is held is unknown when this throws.
    this.#held = null;
    if (!(await this.options.store.compareAndSet(this.#collection, { id: HOLDER, expected, next }))) return false;
    this.#held = next;
    this.#seen = next;
    this.#seenAt = this.#now();
    return true;
  }
}

const isFree = (seen: HeldLease | null, silentFor: number): boolean =>
  seen === null || silentFor >= EXPIRES_AFTER_MS || isGone(seen);

const same = (one: HeldLease | null, other: HeldLease | null | undefined): boolean =>
  one?.id === other?.id && one?.count === other?.count && other !== undefined;
