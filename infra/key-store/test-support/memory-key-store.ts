import { randomBytes, randomUUID } from 'node:crypto';
import { normalEmail } from '../../../domain/shared/index.js';
import type { KeyStore } from '../key-store.js';

/** Keys in memory, to test what uses a key store. */
export class MemoryKeyStore implements KeyStore {
  readonly #persons = new Map<string, string>();
  readonly #keys = new Map<string, Uint8Array>();
  #forgotten = 0;
  /** How often a key was asked for. */
  lookups = 0;

  async personFor(email: string): Promise<string> {
    const address = normalEmail(email);
    const personId = this.#persons.get(address) ?? randomUUID();
    if (!this.#keys.has(personId)) this.#keys.set(personId, randomBytes(32));
    this.#persons.set(address, personId);
    return personId;
  }

  async keyOf(personId: string): Promise<Uint8Array | null> {
    this.lookups += 1;
    return this.#keys.get(personId) ?? null;
  }

  async forget(personId: string): Promise<void> {
    if (this.#keys.delete(personId)) this.#forgotten += 1;
    for (const [address, person] of this.#persons) if (person === personId) this.#persons.delete(address);
  }

  async forgotten(): Promise<number> {
    return this.#forgotten;
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}
