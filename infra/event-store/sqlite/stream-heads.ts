import { crc32 } from 'node:zlib';
import { categoryOf } from '../category.js';
import { NO_HASH } from '../chain/event-hash.js';
import type { Connection } from './log-file.js';
import type { Names } from './names.js';

export interface StreamHead {
  /** Number of the stream; 0 where it has none yet. */
  id: number;
  /** Whether the stream is new with this transaction, and its row is still to be inserted. */
  isNew: boolean;
  revision: number;
  /** Hash of its last event, hex. */
  hash: string;
}

interface Row {
  readonly id: number;
  readonly revision: number;
  readonly hash: Buffer;
}

const MOST_KNOWN = 100_000;

/** Hashes a stream's name for its look-up; the hash is short, so that the index stays small, and not always unique. */
export const nameCrc = (stream: string): number => crc32(stream);

/** Caches the ends of streams for the writing connection until another connection commits. */
export class StreamHeads {
  readonly #known = new Map<string, StreamHead>();
  readonly #find;
  readonly #lastId;
  readonly #create;
  readonly #move;
  #nextId = 0;

  constructor(
    db: Connection,
    private readonly names: Names,
  ) {
    this.#find = db.prepare<[number, string], Row>(
      'SELECT id, revision, hash FROM streams WHERE name_crc = ? AND name = ?',
    );
    this.#lastId = db.prepare<[], number | null>('SELECT max(id) FROM streams').pluck();
    this.#create = db.prepare<[number, string, number, bigint | string, number, string]>(
      'INSERT INTO streams (id, name, name_crc, category, revision, hash) VALUES (?, ?, ?, ?, ?, unhex(?))',
    );
    this.#move = db.prepare<[number, string, number]>('UPDATE streams SET revision = ?, hash = unhex(?) WHERE id = ?');
  }

  /** Clears the cache, as another connection has committed, or this one has rolled back. */
  forget(): void {
    this.#known.clear();
    this.#nextId = 0;
  }

  of(stream: string): StreamHead {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const found = this.#find.get(nameCrc(stream), stream);
    const head: StreamHead =
      found === undefined
        ? { id: 0, isNew: true, revision: -1, hash: NO_HASH }
        : { id: found.id, isNew: false, revision: found.revision, hash: found.hash.toString('hex') };
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(stream, head);
    return head;
  }

  /** Reads the stream's number, which a new stream gets here. */
  idOf(head: StreamHead): number {
    if (head.id === 0) {
      if (this.#nextId === 0) this.#nextId = (this.#lastId.get() ?? 0) + 1;
      head.id = this.#nextId++;
    }
    return head.id;
  }

  /** Writes the stream's end. */
  save(stream: string, head: StreamHead): void {
    const { id, revision, hash } = head;
    if (!head.isNew) this.#move.run(revision, hash, id);
    else this.#create.run(id, stream, nameCrc(stream), this.names.store(categoryOf(stream)), revision, hash);
    head.isNew = false;
  }
}
