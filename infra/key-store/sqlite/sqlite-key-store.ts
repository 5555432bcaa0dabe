import { LRUCache } from 'lru-cache';
import { KeyStoreUnavailableError } from '../errors.js';
import type { Identity, KeyStore } from '../key-store.js';
import { IdentityHash } from '../identity-hash.js';
import { KeyWrap } from '../key-wrap.js';
import { openForReading } from './key-file.js';
import { KeyReader } from './key-reader.js';
import { startKeyWriter } from './key-writer-thread.js';
import { NoKeyWriter } from './person-writer.js';
import type { PersonWriter } from './person-writer.js';
import { messageOf } from '../../sqlite/index.js';

export interface SqliteKeyStoreOptions {
  /** The directory of `keys.db`; it is created where it is missing. */
  readonly directory: string;
  /** The installation's secret of any length; the file can only be used with the secret that it was created with. */
  readonly secret: Buffer;
  /**
   * `read-only`, for threads and processes that only read events: the file has to exist, there is no writing thread, and no person
   * is created or forgotten. Default `read-write`.
   */
  readonly access?: 'read-write' | 'read-only';
}

/** The most persons that are cached. */
const CAPACITY = 20_000;

/** How many milliseconds a person whom another process has forgotten may stay cached. */
const NOTICE_WITHIN_MS = 20;

/**
 * Opens the keys in `keys.db`, which several processes share. A thread of its own writes, so that only callers that create or forget
 * a person wait for the disk. A cached person costs no query.
 * @throws StoreRefusedError the file cannot be used; the message says what to do
 */
export async function openSqliteKeyStore(options: SqliteKeyStoreOptions): Promise<KeyStore> {
  const { directory, secret, access = 'read-write' } = options;
  const hash = new IdentityHash(secret);
  const { secretCheck } = hash;
  const writer = access === 'read-only' ? new NoKeyWriter() : await startKeyWriter({ directory, secretCheck, secret });
  try {
    return new SqliteKeyStore(hash, writer, new KeyReader(openForReading(directory, secretCheck), new KeyWrap(secret)));
  } catch (error) {
    await writer.end();
    throw error;
  }
}

class SqliteKeyStore implements KeyStore {
  readonly #personIds = new LRUCache<string, string>({ max: CAPACITY });
  readonly #keys = new LRUCache<string, Uint8Array>({ max: CAPACITY });
  /** Creations under way; a further call for the same person waits for the same one. */
  readonly #underWay = new Map<string, Promise<string>>();
  /** The count of forgotten persons that the cached entries belong to. */
  #forgotten: number;
  #checkedAt = 0;

  constructor(
    private readonly hash: IdentityHash,
    private readonly writer: PersonWriter,
    private readonly reader: KeyReader,
  ) {
    this.#forgotten = reader.forgotten();
  }

  async personFor(text: string, identity: Identity = 'email'): Promise<string> {
    this.#notice();
    const identityHash = this.hash.of(text, identity);
    const known = this.#personIds.get(identityHash) ?? this.#look(identityHash);
    return known ?? this.#underWay.get(identityHash) ?? this.#make(identityHash);
  }

  async find(text: string, identity: Identity = 'email'): Promise<string | null> {
    return this.reader.personOf(this.hash.of(text, identity))?.personId ?? null;
  }

  async keyOf(personId: string): Promise<Uint8Array | null> {
    this.#notice();
    const cached = this.#keys.get(personId);
    if (cached !== undefined) return cached;
    const key = this.reader.keyOf(personId);
    if (key === null) return null;
    this.#keys.set(personId, key);
    return key;
  }

  async forget(personId: string): Promise<void> {
    this.#startOver(await this.writer.forget(personId));
  }

  async forgotten(): Promise<number> {
    return this.reader.forgotten();
  }

  async ping(): Promise<void> {
    const { broken } = this.writer;
    if (broken !== null) throw new KeyStoreUnavailableError(`the key store cannot be written: ${broken}`);
    try {
      this.reader.forgotten();
    } catch (error) {
      throw new KeyStoreUnavailableError(`the key store cannot be read: ${messageOf(error)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.writer.finish();
    // The reader closes before the writer, as the last connection to close removes the write-ahead log.
    this.reader.close();
    await this.writer.end();
  }

  #look(identityHash: string): string | undefined {
    const person = this.reader.personOf(identityHash);
    if (person === undefined) return undefined;
    this.#personIds.set(identityHash, person.personId);
    this.#keys.set(person.personId, person.key);
    return person.personId;
  }

  #make(identityHash: string): Promise<string> {
    const making = this.#write(identityHash).finally(() => this.#underWay.delete(identityHash));
    this.#underWay.set(identityHash, making);
    return making;
  }

  async #write(identityHash: string): Promise<string> {
    const { personId, key, forgotten } = await this.writer.personFor(identityHash);
    if (forgotten > this.#forgotten) this.#startOver(forgotten);
    // An answer of before the last forgetting is not cached, as it may be of that person.
    if (forgotten === this.#forgotten) {
      this.#personIds.set(identityHash, personId);
      this.#keys.set(personId, key);
    }
    return personId;
  }

  /** Clears the caches where another process has forgotten a person. */
  #notice(): void {
    const now = performance.now();
    if (now - this.#checkedAt < NOTICE_WITHIN_MS) return;
    this.#checkedAt = now;
    const forgotten = this.reader.forgottenIfChanged();
    if (forgotten !== undefined && forgotten > this.#forgotten) this.#startOver(forgotten);
  }

  #startOver(forgotten: number): void {
    this.#forgotten = Math.max(this.#forgotten, forgotten);
    this.#personIds.clear();
    this.#keys.clear();
  }
}
