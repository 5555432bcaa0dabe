import { categoryOf } from '../category.js';
import type { Connection } from './log-file.js';

interface Head {
  readonly id: number;
  revision: number;
}

const MOST_KNOWN = 100_000;

/** Where each stream is, as the writing connection sees it; remembered until another connection commits. */
export class StreamHeads {
  readonly #known = new Map<string, Head>();
  readonly #dataVersion;
  readonly #find;
  readonly #create;
  #version = -1;

  constructor(db: Connection) {
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#find = db.prepare<[string], Head>(
      `SELECT id, (SELECT max(revision) FROM events WHERE stream = streams.id) AS revision
         FROM streams WHERE name = ?`,
    );
    this.#create = db.prepare<[string, string]>('INSERT INTO streams (name, category) VALUES (?, ?)');
  }

  /** To be called within the transaction; true when another connection has written since. */
  refresh(): boolean {
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#version && this.#known.size < MOST_KNOWN) return false;
    this.#version = version;
    this.#known.clear();
    return true;
  }

  /** What the transaction changed is undone. */
  forget(): void {
    this.#known.clear();
  }

  of(stream: string): Head | undefined {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const found = this.#find.get(stream);
    if (found !== undefined) this.#known.set(stream, found);
    return found;
  }

  create(stream: string): Head {
    const { lastInsertRowid } = this.#create.run(stream, categoryOf(stream));
    const head = { id: Number(lastInsertRowid), revision: -1 };
    this.#known.set(stream, head);
    return head;
  }
}
