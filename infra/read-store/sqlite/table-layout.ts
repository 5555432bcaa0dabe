import { EachIndex, FieldPath, MISSING_SQL } from './index-fields.js';
import type { IndexDefinition } from '../read-store.js';

/**
 * How a collection lies in the file. `docs_N` holds a document a row as JSON text, with a column for every field that an
 * index without `each` names (`f:path`) and, for every index with `each`, its entries as JSON (`e:name`). Columns, not
 * expressions on the JSON: an update whose indexed fields did not change touches no index. `each_N_name` holds an entry
 * a row. A field that is missing is NULL where it is the first of an index and sorts lowest where it is a later one.
 */
export class TableLayout {
  readonly docs: string;
  readonly fields: readonly FieldPath[];
  readonly each: readonly EachIndex[];
  readonly indexes: ReadonlyMap<string, IndexDefinition>;

  constructor(
    readonly id: number,
    indexes: readonly IndexDefinition[],
  ) {
    this.docs = `docs_${id}`;
    this.indexes = new Map(indexes.map((index) => [index.name, index]));
    const paths = new Set(indexes.flatMap((index) => (index.each === undefined ? index.fields : [])));
    this.fields = [...paths].map((path) => new FieldPath(path));
    this.each = indexes.flatMap((index) =>
      index.each === undefined ? [] : [new EachIndex(index.name, index.each, index.fields)],
    );
  }

  /** The columns besides id, position and doc, in the order in which they are bound. */
  get columns(): readonly string[] {
    return [...this.fields.map((field) => `"f:${field.path}"`), ...this.each.map((index) => `"e:${index.name}"`)];
  }

  eachTable(name: string): string {
    return `"each_${this.id}_${name}"`;
  }

  indexName(name: string): string {
    return `"index_${this.id}_${name}"`;
  }

  createDocs(): string {
    const columns = this.columns.map((column) => `, ${column}`).join('');
    return `CREATE TABLE ${this.docs} (id TEXT PRIMARY KEY NOT NULL, position TEXT NOT NULL, doc TEXT${columns})`;
  }

  createIndexes(): string[] {
    return [...this.indexes.values()].map((index) =>
      index.each === undefined ? this.#createIndex(index) : this.#createEach(index),
    );
  }

  drop(): string[] {
    return [...this.each.map((index) => `DROP TABLE ${this.eachTable(index.name)}`), `DROP TABLE ${this.docs}`];
  }

  #createIndex({ name, fields }: IndexDefinition): string {
    const terms = fields.map((_, at) => this.term(fields, at)).join(', ');
    return `CREATE INDEX ${this.indexName(name)} ON ${this.docs} (${terms}, id) WHERE "f:${fields[0]}" IS NOT NULL`;
  }

  #createEach({ name, fields }: IndexDefinition): string {
    const columns = fields.map((_, at) => `v${at}`).join(', ');
    return `CREATE TABLE ${this.eachTable(name)} (${columns}, id TEXT NOT NULL, PRIMARY KEY (${columns}, id)) WITHOUT ROWID`;
  }

  /** The field of an index as a statement names it; the same text as in the index, or SQLite would not use it. */
  term(fields: readonly string[], at: number): string {
    return at === 0 ? `"f:${fields[at]}"` : `ifnull("f:${fields[at]}", ${MISSING_SQL})`;
  }
}
