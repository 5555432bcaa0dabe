import { LRUCache } from 'lru-cache';
import type { Person } from './person-records.js';

/** The most persons that are cached. */
const CAPACITY = 20_000;

/** How many milliseconds a person whom another process has forgotten may stay cached. */
const NOTICE_WITHIN_MS = 50;

/** How many milliseconds entries are cached at most, in case a forgetting was not counted. */
const TOO_OLD_MS = 60_000;

/** Caches persons until any process forgets one. */
export class KnownPersons {
  readonly #personIds = new LRUCache<string, string>({ max: CAPACITY });
  readonly #keys = new LRUCache<string, Uint8Array>({ max: CAPACITY });
  #checking: Promise<void> | null = null;
  #checkedAt = -Infinity;
  #since = performance.now();
  #age = 0;

  constructor(
    private readonly countForgotten: () => Promise<number>,
    /** The count of forgotten persons that the cached entries belong to. */
    private forgotten: number,
  ) {}

  /** Changes when the cache is cleared; an answer to an earlier query must not be cached then. */
  get age(): number {
    return this.#age;
  }

  async personOf(identityHash: string): Promise<string | undefined> {
    if (this.#personIds.get(identityHash) === undefined) return undefined;
    await this.#check();
    return this.#personIds.get(identityHash);
  }

  async keyOf(personId: string): Promise<Uint8Array | undefined> {
    if (this.#keys.get(personId) === undefined) return undefined;
    await this.#check();
    return this.#keys.get(personId);
  }

  remember(identityHash: string, { personId, key }: Person, asOf: number): void {
    if (asOf !== this.#age) return;
    this.#personIds.set(identityHash, personId);
    this.#keys.set(personId, key);
  }

  rememberKey(personId: string, key: Uint8Array, asOf: number): void {
    if (asOf === this.#age) this.#keys.set(personId, key);
  }

  startOver(): void {
    this.#age += 1;
    this.#since = performance.now();
    this.#personIds.clear();
    this.#keys.clear();
  }

  async #check(): Promise<void> {
    if (performance.now() - this.#checkedAt < NOTICE_WITHIN_MS) return;
    this.#checking ??= this.#ask().finally(() => (this.#checking = null));
    await this.#checking;
  }

  async #ask(): Promise<void> {
    const askedAt = performance.now();
    const forgotten = await this.countForgotten();
    this.#checkedAt = askedAt;
    if (forgotten === this.forgotten && askedAt - this.#since < TOO_OLD_MS) return;
    this.forgotten = forgotten;
    this.startOver();
  }
}
