import { randomUUID } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import { openSqliteFile, type Connection, type SqliteFile } from '../../sqlite/index.js';
import { SearchIndexUnavailableError } from '../search-index.js';
import type { SearchFacets } from '../search-index.js';
import type { SearchWord } from '../text/search-words.js';
import { translated } from './driver-errors.js';

/** The pinned hits of a search by relevance. */
export interface Pinned {
  /** Number of the build that the rows belong to. */
  readonly build: number;
  readonly rows: Int32Array;
  readonly words: readonly SearchWord[];
  readonly total: number;
  readonly facets: SearchFacets;
}

interface PinRow {
  readonly build: number;
  readonly rows: Buffer;
  readonly rest: string;
}

const CLEANED_EVERY = 200;

const PINS: SqliteFile = {
  content: 'transient',
  /** "CWpi". */
  applicationId: 0x43577069,
  schemaVersion: 1,
  create: (database) =>
    database.exec(`CREATE TABLE pins (
      id TEXT PRIMARY KEY, build INTEGER NOT NULL, until INTEGER NOT NULL, rows BLOB NOT NULL, rest TEXT NOT NULL
    ) WITHOUT ROWID`),
  // A search does not wait long for this, as it is answered without pins too.
  busyTimeoutMs: 1_000,
  unavailable: SearchIndexUnavailableError,
};

/**
 * Keeps pinned hits in a file of their own, so that every process that answers searches can continue any of them. If the file is lost,
 * they have expired.
 */
export class PinnedHits {
  readonly #database: Connection;
  readonly #insert: Statement<[string, number, number, Buffer, string]>;
  readonly #get: Statement<[string, number], PinRow>;
  readonly #clean: Statement<[number]>;
  #added = 0;

  constructor(
    path: string,
    private readonly keptForMs: number,
  ) {
    this.#database = openSqliteFile(PINS, path);
    this.#insert = this.#database.prepare('INSERT INTO pins VALUES (?, ?, ?, ?, ?)');
    this.#get = this.#database.prepare('SELECT build, rows, rest FROM pins WHERE id = ? AND until > ?');
    this.#clean = this.#database.prepare('DELETE FROM pins WHERE until <= ?');
  }

  /** Pins hits and returns their id; where they cannot be stored, as on a full disk, the id has expired. */
  add(pinned: Pinned): string {
    const id = randomUUID();
    try {
      this.#keep(id, pinned);
    } catch (error) {
      if (!(translated(error) instanceof SearchIndexUnavailableError)) throw error;
    }
    return id;
  }

  #keep(id: string, { build, rows, ...rest }: Pinned): void {
    const now = Date.now();
    const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
    this.#added += 1;
    if (this.#added % CLEANED_EVERY === 1) this.#clean.run(now);
    this.#insert.run(id, build, now + this.keptForMs, bytes, JSON.stringify(rest));
  }

  /** Finds pinned hits; undefined once they have expired. */
  get(id: string): Pinned | undefined {
    const found = this.#get.get(id, Date.now());
    if (found === undefined) return undefined;
    const rows = new Int32Array(new Uint8Array(found.rows).buffer);
    return { ...(JSON.parse(found.rest) as Omit<Pinned, 'build' | 'rows'>), build: found.build, rows };
  }

  close(): void {
    this.#database.close();
  }
}
