import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyWrap } from '../key-wrap.js';
import { BUSY_TIMEOUT_MS } from './key-file.js';
import type { Connection } from './key-file.js';
import { isBusy, messageOf } from './sqlite-errors.js';
import { KEY_BYTES } from './writer-protocol.js';
import type { GroupFailed, GroupWritten, WriteGroup } from './writer-protocol.js';

interface PersonRow {
  readonly personId: string;
  readonly key: Uint8Array;
}

const FIND = 'SELECT person_id AS personId, key FROM persons WHERE email_hash = ?';
const INSERT = 'INSERT INTO persons (email_hash, person_id, key) VALUES (?, ?, ?)';

/** Writes groups of new and forgotten persons, one transaction and so one fsync a group. */
export class KeyWriter {
  readonly #find;
  readonly #insert;
  readonly #delete;
  readonly #count;
  readonly #forgotten;
  readonly #write;
  #poison: string | null = null;
  #stale = false;

  constructor(
    private readonly db: Connection,
    private readonly wrap: KeyWrap,
  ) {
    this.#find = db.prepare<[Buffer], PersonRow>(FIND);
    this.#insert = db.prepare<[Buffer, string, Uint8Array]>(INSERT);
    this.#delete = db.prepare<[string]>('DELETE FROM persons WHERE person_id = ?');
    this.#count = db.prepare<[number]>('UPDATE store SET forgotten = forgotten + ?');
    this.#forgotten = db.prepare<[], number>('SELECT forgotten FROM store').pluck();
    this.#write = db.transaction((group: WriteGroup) => this.#writeAll(group)).immediate;
  }

  /** After a failure other than a lock held by others nothing is tried again: the kernel may have dropped pages. */
  write(group: WriteGroup): GroupWritten | GroupFailed {
    if (this.#poison !== null) return { kind: 'failed', message: this.#poison, poisoned: true };
    try {
      const written = this.#write(group);
      if (group.forget.length > 0) this.#stale = true;
      return written;
    } catch (error) {
      const poisoned = !isBusy(error);
      if (poisoned) this.#poison = messageOf(error);
      return { kind: 'failed', message: messageOf(error), poisoned };
    }
  }

  /**
   * Clears the write-ahead log of keys that were forgotten: it holds older pages until it is started over.
   * @returns false when a reader stands in the way; to be tried again
   */
  scrub(): boolean {
    if (!this.#stale || this.#poison !== null) return true;
    this.db.pragma('busy_timeout = 0');
    const [result] = this.db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    this.db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    this.#stale = result?.busy !== 0;
    return !this.#stale;
  }

  #writeAll({ emailHashes, forget }: WriteGroup): GroupWritten {
    const persons = emailHashes.map((emailHash) => this.#findOrMake(Buffer.from(emailHash, 'base64url')));
    let gone = 0;
    for (const personId of forget) gone += this.#delete.run(personId).changes;
    if (gone > 0) this.#count.run(gone);
    const keys = new Uint8Array(persons.length * KEY_BYTES);
    persons.forEach(({ key }, index) => keys.set(key, index * KEY_BYTES));
    const personIds = persons.map(({ personId }) => personId);
    return { kind: 'written', personIds, keys, forgotten: this.#forgotten.get() ?? 0 };
  }

  #findOrMake(emailHash: Buffer): PersonRow {
    const known = this.#find.get(emailHash);
    if (known !== undefined) return { ...known, key: this.wrap.unwrap(known.personId, known.key) };
    const person = { personId: randomUUID(), key: randomBytes(KEY_BYTES) };
    this.#insert.run(emailHash, person.personId, this.wrap.wrap(person.personId, person.key));
    return person;
  }
}
