import type { Connection } from './log-file.js';

/** The value of a column for a name: its number, or the name itself. */
export type StoredName = number | string;

/** The most names that get numbers: types and categories are few, and so are the actors of most shops. */
const MOST_NAMES = 1_024;

interface NameRow {
  readonly id: number;
  readonly name: string;
}

/** Maps names to their numbers in the log, as far as a connection knows them. */
export class Names {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #after;
  readonly #insert;

  constructor(db: Connection) {
    this.#after = db.prepare<[number], NameRow>('SELECT id, name FROM names WHERE id >= ? ORDER BY id');
    this.#insert = db.prepare<[number, string]>('INSERT INTO names (id, name) VALUES (?, ?)');
    this.refresh();
  }

  /** Loads the names that other connections have added. */
  refresh(): void {
    for (const { id, name } of this.#after.all(this.#names.length)) this.#know(id, name);
  }

  /** Drops the names of a transaction that was rolled back. */
  forget(): void {
    this.#ids.clear();
    this.#names.length = 0;
  }

  /** Gives a new name a number, while there are numbers left; for the writer, within its transaction. */
  store(name: string): bigint | string {
    let id = this.#ids.get(name);
    if (id === undefined) {
      if (this.#names.length >= MOST_NAMES) return name;
      id = this.#names.length;
      this.#insert.run(id, name);
      this.#know(id, name);
    }
    return bigOf(id);
  }

  /** Lists every value that these names may have in the log; for readers. */
  find(names: readonly string[]): StoredName[] {
    if (names.some((name) => !this.#ids.has(name))) this.refresh();
    return [...names, ...names.flatMap((name) => this.#ids.get(name) ?? [])];
  }

  nameOf(stored: StoredName): string {
    if (typeof stored === 'string') return stored;
    if (this.#names[stored] === undefined) this.refresh();
    return this.#names[stored] ?? '';
  }

  #know(id: number, name: string): void {
    this.#names[id] = name;
    this.#ids.set(name, id);
  }
}

/** Converts numbers to bigints: in a column without a type the driver would store them as floating point. */
export const bigOf = (value: number): bigint => BIG[value] ?? BigInt(value);

const BIG = Array.from({ length: MOST_NAMES }, (_, id) => BigInt(id));
