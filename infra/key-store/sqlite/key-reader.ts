import type { KeyWrap } from '../key-wrap.js';
import type { Connection } from './key-file.js';

interface PersonRow {
  readonly personId: string;
  readonly key: Uint8Array;
}

/** The reading connection, for look-ups by an index that take microseconds. */
export class KeyReader {
  readonly #person;
  readonly #key;
  readonly #forgotten;
  readonly #dataVersion;
  #version = -1;

  constructor(
    private readonly db: Connection,
    private readonly wrap: KeyWrap,
  ) {
    this.#person = db.prepare<[Buffer], PersonRow>(
      'SELECT person_id AS personId, key FROM persons WHERE email_hash = ?',
    );
    this.#key = db.prepare<[string], Uint8Array>('SELECT key FROM persons WHERE person_id = ?').pluck();
    this.#forgotten = db.prepare<[], number>('SELECT forgotten FROM store').pluck();
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  personOf(identityHash: string): PersonRow | undefined {
    const person = this.#person.get(Buffer.from(identityHash, 'base64url'));
    return person && { ...person, key: this.wrap.unwrap(person.personId, person.key) };
  }

  keyOf(personId: string): Uint8Array | null {
    const wrapped = this.#key.get(personId);
    return wrapped === undefined ? null : this.wrap.unwrap(personId, wrapped);
  }

  /** Reads the file's count of forgotten persons. */
  forgotten(): number {
    return this.#forgotten.get() ?? 0;
  }

  /** Reads the count; undefined where nothing was written to the file since the last call. */
  forgottenIfChanged(): number | undefined {
    const version = this.#dataVersion.get();
    if (version === this.#version) return undefined;
    this.#version = version ?? -1;
    return this.forgotten();
  }

  close(): void {
    this.db.close();
  }
}
