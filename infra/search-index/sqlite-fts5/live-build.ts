import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { SearchDocument } from '../search-index.js';
import type { BuildTables } from './build-tables.js';
import { Columns } from './columns.js';
import { Vocabulary } from './vocabulary.js';

type ChangedRow = [row: number, sku: string, inStock: 0 | 1, isReshaped: number, doc: string | null];

/** How many frequent words have their matches cached until a product's words change. */
const KEPT_MATCHES = 32;
const WORTH_KEEPING = 1_000;

/** The live build as of the last refresh: its tables, and the columns in memory that searches read of every product. */
export class LiveBuild {
  readonly columns = new Columns();
  readonly vocabulary = new Vocabulary();
  readonly #all: Database.Statement<[], ChangedRow>;
  readonly #changes: Database.Statement<[number, number, number], ChangedRow>;
  readonly #terms: Database.Statement<[number], [string, number]>;
  readonly #match: Database.Statement<[string], number>;
  readonly #document: Database.Statement<[number], [string | null, number]>;
  readonly #matches = new LRUCache<string, readonly number[]>({ max: KEPT_MATCHES });
  #commits = 0;
  /** Number of listed products. */
  products = 0;

  constructor(database: Database.Database, tables: BuildTables) {
    const { documents, words, terms } = tables;
    this.#all = database.prepare<[], ChangedRow>(`SELECT row, sku, in_stock, 1, doc FROM ${documents}`).raw();
    this.#changes = database
      .prepare<[number, number, number], ChangedRow>(
        `SELECT row, sku, in_stock, shaped > ?, CASE WHEN shaped > ? THEN doc END FROM ${documents} WHERE changed > ?`,
      )
      .raw();
    this.#terms = database
      .prepare<[number], [string, number]>(`SELECT term, products FROM ${terms} WHERE changed > ?`)
      .raw();
    this.#match = database.prepare<[string], number>(`SELECT rowid FROM ${words} WHERE ${words} MATCH ?`).pluck();
    this.#document = database
      .prepare<[number], [string | null, number]>(`SELECT doc, in_stock FROM ${documents} WHERE row = ?`)
      .raw();
  }

  /** Refreshes within the read transaction of a search. */
  refresh(commits: number): void {
    if (commits === this.#commits) return;
    const since = this.#commits;
    let reshaped = 0;
    const changes = since === 0 ? this.#all.iterate() : this.#changes.iterate(since, since, since);
    for (const [row, sku, inStock, isReshaped, doc] of changes) {
      if (isReshaped === 1) {
        this.#reshape(row, sku, doc);
        reshaped += 1;
      }
      this.columns.stock(row, inStock);
    }
    for (const [term, products] of this.#terms.iterate(since)) this.vocabulary.set(term, products);
    if (reshaped > 0) this.#matches.clear();
    this.#commits = commits;
  }

  /** @param expression of FTS5 */
  rowsMatching(expression: string): readonly number[] {
    const kept = this.#matches.get(expression);
    if (kept !== undefined) return kept;
    const rows = this.#match.all(expression);
    if (rows.length >= WORTH_KEEPING) this.#matches.set(expression, rows);
    return rows;
  }

  /** Reads a document; undefined where the product was removed. */
  document(row: number): SearchDocument | undefined {
    const found = this.#document.get(row);
    if (found === undefined || found[0] === null) return undefined;
    return { ...(JSON.parse(found[0]) as SearchDocument), inStock: found[1] === 1 };
  }

  #reshape(row: number, sku: string, doc: string | null): void {
    const wasListed = this.columns.isListed[row] ?? 0;
    this.columns.set(row, sku, doc === null ? null : (JSON.parse(doc) as SearchDocument));
    this.products += (doc === null ? 0 : 1) - wasListed;
  }
}
