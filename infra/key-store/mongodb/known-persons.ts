import { LRUCache } from 'lru-cache';
import type { Person } from './person-records.js';

/** Persons remembered at most. */
const CAPACITY = 20_000;

/** How long a person forgotten by another process may still be known here, milliseconds. */
const NOTICE_WITHIN_MS = 50;

/** Everything is asked for again after so long, in case a forgetting was counted nowhere, milliseconds. */
const TOO_OLD_MS = 60_000;

/** Persons whom this process remembers, until somebody is forgotten anywhere. */
export class KnownPersons {
  readonly #personIds = new LRUCache<string, string>({ max: CAPACITY });
  readonly #keys = new LRUCache<string, Uint8Array>({ max: CAPACITY });
  #checking: Promise<void> | null = null;
  #checkedAt = -Infinity;
  #since = performance.now();
  #age = 0;

  constructor(
    private readonly countForgotten: () => Promise<number>,
    /** The count that holds for what is remembered from now on. */
    private forgotten: number,
  ) {}

  /** Changes when everything is forgotten: an answer from before must not be remembered. */
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
