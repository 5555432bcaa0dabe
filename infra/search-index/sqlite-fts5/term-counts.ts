import type Database from 'better-sqlite3';
import type { BuildTables } from './build-tables.js';

/** Counts the products that have a word. Changes are gathered over a commit, whose products often share words. */
export class TermCounts {
  readonly #add: Database.Statement<[string, number, number]>;
  #differences = new Map<string, number>();

  constructor(database: Database.Database, { terms }: BuildTables) {
    this.#add = database.prepare(
      `INSERT INTO ${terms} VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET products = products + excluded.products, changed = excluded.changed`,
    );
  }

  add(terms: ReadonlySet<string>, difference: 1 | -1): void {
    for (const term of terms) this.#differences.set(term, (this.#differences.get(term) ?? 0) + difference);
  }

  store(commit: number): void {
    for (const [term, difference] of this.#differences) if (difference !== 0) this.#add.run(term, difference, commit);
    this.#differences = new Map();
  }

  /** Drops the changes of a commit that failed. */
  forget(): void {
    this.#differences = new Map();
  }
}
