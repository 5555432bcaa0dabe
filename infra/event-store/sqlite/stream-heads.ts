import { crc32 } from 'node:zlib';
import { categoryOf } from '../category.js';
import { NO_HASH } from './event-hash.js';
import type { Connection } from './log-file.js';
import type { Names } from './names.js';

export interface StreamHead {
  /** 0: none was given yet. */
  id: number;
  /** No event of it was in the log before this transaction, and its row is still to be made. */
  isNew: boolean;
  revision: number;
  /** Of its last event, hex. */
  hash: string;
}

interface Row {
  readonly id: number;
  readonly revision: number;
  readonly hash: Buffer;
}

const MOST_KNOWN = 100_000;

/** What finds a stream by its name: short, so that the index stays small, and not always one stream's alone. */
export const nameCrc = (stream: string): number => crc32(stream);

/** Where each stream is, as the writing connection sees it; remembered until another connection commits. */
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

  /** Others have written, or what this connection wrote is undone. */
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

  /** The stream's number, given to it where it is new. */
  idOf(head: StreamHead): number {
    if (head.id === 0) {
      if (this.#nextId === 0) this.#nextId = (this.#lastId.get() ?? 0) + 1;
      head.id = this.#nextId++;
    }
    return head.id;
  }

  /** Writes where the stream is now. */
  save(stream: string, head: StreamHead): void {
    const { id, revision, hash } = head;
    if (!head.isNew) this.#move.run(revision, hash, id);
    else this.#create.run(id, stream, nameCrc(stream), this.names.store(categoryOf(stream)), revision, hash);
    head.isNew = false;
  }
}
