import { randomBytes, randomUUID } from 'node:crypto';
import { IdentityHash } from '../identity-hash.js';
import type { Identity, KeyStore } from '../key-store.js';

/** Keys in memory, to test what uses a key store. */
export class MemoryKeyStore implements KeyStore {
  readonly #hash = new IdentityHash(randomBytes(32));
  readonly #persons = new Map<string, string>();
  readonly #keys = new Map<string, Uint8Array>();
  #forgotten = 0;
  /** How often a key was asked for. */
  lookups = 0;

  async personFor(text: string, identity: Identity = 'email'): Promise<string> {
    const hash = this.#hash.of(text, identity);
    const personId = this.#persons.get(hash) ?? randomUUID();
    if (!this.#keys.has(personId)) this.#keys.set(personId, randomBytes(32));
    this.#persons.set(hash, personId);
    return personId;
  }

  async find(text: string, identity: Identity = 'email'): Promise<string | null> {
    return this.#persons.get(this.#hash.of(text, identity)) ?? null;
  }

  async keyOf(personId: string): Promise<Uint8Array | null> {
    this.lookups += 1;
    return this.#keys.get(personId) ?? null;
  }

  async forget(personId: string): Promise<void> {
    if (this.#keys.delete(personId)) this.#forgotten += 1;
    for (const [hash, person] of this.#persons) if (person === personId) this.#persons.delete(hash);
  }

  async forgotten(): Promise<number> {
    return this.#forgotten;
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}
