import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyWrap } from '../key-wrap.js';
import { BUSY_TIMEOUT_MS } from '../../sqlite/index.js';
import type { Connection } from './key-file.js';
import { isBusy, isUnknownAtCommit, messageOf } from '../../sqlite/index.js';
import type { Failed } from '../../sqlite/writer/writer-protocol.js';
import { KEY_BYTES } from './writer-protocol.js';
import type { KeysWritten, KeyWrite } from './writer-protocol.js';

interface PersonRow {
  readonly personId: string;
  readonly key: Uint8Array;
}

const FIND = 'SELECT person_id AS personId, key FROM persons WHERE email_hash = ?';
const INSERT = 'INSERT INTO persons (email_hash, person_id, key) VALUES (?, ?, ?)';

/** Writes groups of created and forgotten persons, with one transaction and so one fsync a group. */
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
    this.#write = db.transaction((writes: readonly KeyWrite[]) => this.#writeAll(writes)).immediate;
  }

  /** After any failure but a lock of others no write is tried again, as the kernel may have dropped pages. */
  write(group: readonly KeyWrite[]): KeysWritten | Failed {
    if (this.#poison !== null) return { kind: 'failed', message: this.#poison, poisoned: true, unknown: false };
    try {
      const written = this.#write(group);
      if (group.some(({ kind }) => kind === 'forget')) this.#stale = true;
      return written;
    } catch (error) {
      const poisoned = !isBusy(error);
      if (poisoned) this.#poison = messageOf(error);
      return { kind: 'failed', message: messageOf(error), poisoned, unknown: isUnknownAtCommit(error) };
    }
  }

  /**
   * Clears forgotten keys from the write-ahead log, which has older pages until it is restarted.
   * @returns false where a reader prevents that; it is to be tried again
   */
  scrub(): boolean {
    if (!this.#stale || this.#poison !== null) return true;
    this.db.pragma('busy_timeout = 0');
    const [result] = this.db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    this.db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    this.#stale = result?.busy !== 0;
    return !this.#stale;
  }

  #writeAll(writes: readonly KeyWrite[]): KeysWritten {
    const keys = new Uint8Array(writes.length * KEY_BYTES);
    let gone = 0;
    const personIds = writes.map((write, index) => {
      if (write.kind === 'forget') {
        gone += this.#delete.run(write.personId).changes;
        return write.personId;
      }
      const { personId, key } = this.#findOrMake(Buffer.from(write.identityHash, 'base64url'));
      keys.set(key, index * KEY_BYTES);
      return personId;
    });
    if (gone > 0) this.#count.run(gone);
    return { kind: 'written', personIds, keys, forgotten: this.#forgotten.get() ?? 0 };
  }

  #findOrMake(identityHash: Buffer): PersonRow {
    const known = this.#find.get(identityHash);
    if (known !== undefined) return { ...known, key: this.wrap.unwrap(known.personId, known.key) };
    const person = { personId: randomUUID(), key: randomBytes(KEY_BYTES) };
    this.#insert.run(identityHash, person.personId, this.wrap.wrap(person.personId, person.key));
    return person;
  }
}
