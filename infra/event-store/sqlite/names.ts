import type { Connection } from './log-file.js';

/** What stands in a column for a name: its number, or the name itself. */
export type StoredName = number | string;

/** So many names have numbers, whatever they are: types and categories are few, and so are most shops' actors. */
const MOST_NAMES = 1_024;

interface NameRow {
  readonly id: number;
  readonly name: string;
}

/** The names that stand as numbers in the log, as a connection knows them. */
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

  /** Takes in the names that others have added. */
  refresh(): void {
    for (const { id, name } of this.#after.all(this.#names.length)) this.#know(id, name);
  }

  /** Names that the undone transaction added have no numbers. */
  forget(): void {
    this.#ids.clear();
    this.#names.length = 0;
  }

  /** For the writer, within its transaction: gives a new name a number as long as there are any. */
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

  /** For a reader: every way in which the log may have these names. */
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

/** The driver stores a number as floating point where the column does not say otherwise, and a bigint as what it is. */
export const bigOf = (value: number): bigint => BIG[value] ?? BigInt(value);

const BIG = Array.from({ length: MOST_NAMES }, (_, id) => BigInt(id));
