import { IdentityHash } from '../identity-hash.js';
import type { KeptPerson, KeyTransfer } from '../key-transfer.js';
import { KeyWrap } from '../key-wrap.js';
import { openForReading, openForWriting, type Connection } from './key-file.js';
import type { SqliteKeyStoreOptions } from './sqlite-key-store.js';
import { wrapOldKeys } from './wrap-old-keys.js';

interface Row {
  readonly rowid: number;
  readonly identityHash: Buffer;
  readonly personId: string;
  readonly key: Uint8Array;
}

const PAGE = 1_000;
const SELECT = 'SELECT rowid, email_hash AS identityHash, person_id AS personId, key FROM persons';

/**
 * Opens `keys.db` to move its persons.
 * @throws StoreRefusedError the file cannot be used; the message says what to do
 */
export async function openSqliteKeyTransfer(options: SqliteKeyStoreOptions): Promise<KeyTransfer> {
  const { directory, secret, access } = options;
  const { secretCheck } = new IdentityHash(secret);
  const wrap = new KeyWrap(secret);
  if (access === 'read-only') return new SqliteKeyTransfer(openForReading(directory, secretCheck), wrap);
  const db = openForWriting(directory, secretCheck);
  wrapOldKeys(db, wrap);
  return new SqliteKeyTransfer(db, wrap);
}

class SqliteKeyTransfer implements KeyTransfer {
  readonly #page;
  readonly #find;
  readonly #insert;
  readonly #count;

  constructor(
    private readonly db: Connection,
    private readonly wrap: KeyWrap,
  ) {
    this.#page = db.prepare<[number], Row>(`${SELECT} WHERE rowid > ? ORDER BY rowid LIMIT ${PAGE}`);
    this.#find = db.prepare<[Buffer], Row>(`${SELECT} WHERE email_hash = ?`);
    this.#insert = db.prepare<[Buffer, string, Uint8Array]>('INSERT INTO persons VALUES (?, ?, ?)');
    this.#count = db.prepare<[], number>('SELECT count(*) FROM persons').pluck();
  }

  async count(): Promise<number> {
    return this.#count.get() ?? 0;
  }

  async *pages(): AsyncIterable<readonly KeptPerson[]> {
    for (let after = -1; ;) {
      const rows = this.#page.all(after);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map((row) => this.#personOf(row));
      after = last.rowid;
    }
  }

  async find(identityHashes: readonly string[]): Promise<readonly KeptPerson[]> {
    const rows = identityHashes.map((identityHash) => this.#find.get(Buffer.from(identityHash, 'base64url')));
    return rows.flatMap((row) => (row === undefined ? [] : [this.#personOf(row)]));
  }

  async add(persons: readonly KeptPerson[]): Promise<void> {
    this.db
      .transaction(() => {
        for (const { identityHash, personId, key } of persons)
          this.#insert.run(Buffer.from(identityHash, 'base64url'), personId, this.wrap.wrap(personId, key));
      })
      .immediate();
  }

  async close(): Promise<void> {
    this.db.close();
  }

  #personOf({ identityHash, personId, key }: Row): KeptPerson {
    return { identityHash: identityHash.toString('base64url'), personId, key: this.wrap.unwrap(personId, key) };
  }
}
