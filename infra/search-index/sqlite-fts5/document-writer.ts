import type Database from 'better-sqlite3';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { Position } from '../../shared/position.js';
import type { IndexedDocument, SearchDocument, SearchWrite } from '../search-index.js';
import type { BuildTables } from './build-tables.js';
import { indexedWords, termsOf, type IndexedWords } from '../text/indexed-words.js';
import { TermCounts } from './term-counts.js';

interface Row {
  readonly row: number;
  readonly position: Position;
  readonly in_stock: 0 | 1;
  readonly doc: string | null;
}

type Shape = SearchDocument & JsonObject;

/** Writes the documents of one build inside the caller's transaction, and their words only where these change. */
export class DocumentWriter {
  readonly #get: Database.Statement<[string], Row>;
  readonly #insert: Database.Statement<[string, string, number, string | null, number, number]>;
  readonly #restock: Database.Statement<[string, number, number, number]>;
  readonly #reshape: Database.Statement<[string, number, string | null, number, number, number]>;
  readonly #index: Database.Statement<[number, ...string[]]>;
  readonly #unindex: Database.Statement<[number]>;
  readonly #terms: TermCounts;

  constructor(database: Database.Database, tables: BuildTables) {
    const { documents, words } = tables;
    this.#get = database.prepare(`SELECT row, position, in_stock, doc FROM ${documents} WHERE sku = ?`);
    this.#insert = database.prepare(
      `INSERT INTO ${documents} (sku, position, in_stock, doc, changed, shaped) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#restock = database.prepare(`UPDATE ${documents} SET position = ?, in_stock = ?, changed = ? WHERE row = ?`);
    this.#reshape = database.prepare(
      `UPDATE ${documents} SET position = ?, in_stock = ?, doc = ?, changed = ?, shaped = ? WHERE row = ?`,
    );
    this.#index = database.prepare(`INSERT INTO ${words} (rowid, name, brand, categories, description, attributes, sku)
      VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.#unindex = database.prepare(`DELETE FROM ${words} WHERE rowid = ?`);
    this.#terms = new TermCounts(database, tables);
  }

  load(sku: string): IndexedDocument | undefined {
    const row = this.#get.get(sku);
    if (row === undefined) return undefined;
    const { position, in_stock, doc } = row;
    return { position, document: doc === null ? null : { ...(JSON.parse(doc) as Shape), inStock: in_stock === 1 } };
  }

  write(writes: readonly SearchWrite[], commit: number): void {
    try {
      for (const write of writes) this.#write(write, commit);
      this.#terms.store(commit);
    } catch (error) {
      this.#terms.forget();
      throw error;
    }
  }

  #write({ sku, position, document }: SearchWrite, commit: number): void {
    const before = this.#get.get(sku);
    if (before !== undefined && before.position >= position) return;
    const inStock = document?.inStock === true ? 1 : 0;
    const doc = document === null ? null : shapeText(document);
    if (before === undefined) {
      const { lastInsertRowid } = this.#insert.run(sku, position, inStock, doc, commit, commit);
      if (document !== null) this.#add(Number(lastInsertRowid), indexedWords(document));
    } else if (before.doc === doc) {
      this.#restock.run(position, inStock, commit, before.row);
    } else {
      this.#reshape.run(position, inStock, doc, commit, commit, before.row);
      this.#reindex(before, document);
    }
  }

  #reindex({ row, doc }: Row, document: SearchDocument | null): void {
    const before = doc === null ? null : indexedWords(JSON.parse(doc) as Shape);
    const after = document === null ? null : indexedWords(document);
    if (before !== null && after !== null && before.every((text, column) => text === after[column])) return;
    if (before !== null) {
      this.#unindex.run(row);
      this.#terms.add(termsOf(before), -1);
    }
    if (after !== null) this.#add(row, after);
  }

  #add(row: number, words: IndexedWords): void {
    this.#index.run(row, ...words);
    this.#terms.add(termsOf(words), 1);
  }
}

function shapeText(document: Shape): string {
  const { inStock: _kept, ...shape } = document;
  return JSON.stringify(shape);
}
