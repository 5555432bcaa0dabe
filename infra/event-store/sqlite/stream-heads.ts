import { crc32 } from 'node:zlib';
import { categoryOf } from '../category.js';
import { NO_HASH } from './event-hash.js';
import type { Connection } from './log-file.js';
import type { Names } from './names.js';

export interface StreamHead {
  /** Null: no event of it is in the log yet. */
  id: number | null;
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
    this.#create = db.prepare<[number, string, number, bigint | string, number, Buffer]>(
      'INSERT INTO streams (id, name, name_crc, category, revision, hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#move = db.prepare<[number, Buffer, number]>('UPDATE streams SET revision = ?, hash = ? WHERE id = ?');
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
        ? { id: null, revision: -1, hash: NO_HASH }
        : { id: found.id, revision: found.revision, hash: found.hash.toString('hex') };
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(stream, head);
    return head;
  }

  /** Writes where the stream is now; answers its number. */
  move(stream: string, head: StreamHead): number {
    const hash = Buffer.from(head.hash, 'hex');
    if (head.id !== null) {
      this.#move.run(head.revision, hash, head.id);
      return head.id;
    }
    if (this.#nextId === 0) this.#nextId = (this.#lastId.get() ?? 0) + 1;
    const id = this.#nextId++;
    this.#create.run(id, stream, nameCrc(stream), this.names.store(categoryOf(stream)), head.revision, hash);
    head.id = id;
    return id;
  }
}
