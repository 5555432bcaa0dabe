import { EachIndex, IndexedField } from './index-fields.js';
import type { IndexDefinition } from '../../shared/document-query.js';

/**
 * How a collection lies in the file. `docs_N` holds a document a row as JSON text, with a column for every field that is
 * the first of an index (`f:path`, NULL where it is missing) or a later one (`l:path`, lowest where it is missing), and
 * for every index with `each` its entries as JSON (`e:name`). Plain columns, not expressions on the JSON: an update whose
 * indexed fields did not change touches no index, and a page can start in the middle. `each_N_name` holds an entry a row.
 */
export class TableLayout {
  readonly docs: string;
  readonly fields: readonly IndexedField[];
  readonly each: readonly EachIndex[];
  readonly indexes: ReadonlyMap<string, IndexDefinition>;

  constructor(
    readonly id: number,
    indexes: readonly IndexDefinition[],
  ) {
    this.docs = `docs_${id}`;
    this.indexes = new Map(indexes.map((index) => [index.name, index]));
    this.fields = indexedFields(indexes);
    this.each = indexes.flatMap((index) =>
      index.each === undefined ? [] : [new EachIndex(index.name, index.each, index.fields)],
    );
  }

  /** The columns besides id, position and doc, in the order in which they are bound. */
  get columns(): readonly string[] {
    return [...this.fields.map(({ column }) => column), ...this.each.map((index) => `"e:${index.name}"`)];
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
    const terms = fields.map(columnOf);
    return `CREATE INDEX ${this.indexName(name)} ON ${this.docs} (${terms.join(', ')}, id) WHERE ${terms[0]} IS NOT NULL`;
  }

  #createEach({ name, fields }: IndexDefinition): string {
    const columns = fields.map((_, at) => `v${at}`).join(', ');
    return `CREATE TABLE ${this.eachTable(name)} (${columns}, id TEXT NOT NULL, PRIMARY KEY (${columns}, id)) WITHOUT ROWID`;
  }
}

/** The column of a field by its place in an index. */
export const columnOf = (path: string, place: number): string => (place === 0 ? `"f:${path}"` : `"l:${path}"`);

function indexedFields(indexes: readonly IndexDefinition[]): IndexedField[] {
  const fields = new Map<string, IndexedField>();
  for (const index of indexes) {
    if (index.each !== undefined) continue;
    for (const [place, path] of index.fields.entries()) {
      const column = columnOf(path, place);
      if (!fields.has(column)) fields.set(column, new IndexedField(column, path, place === 0));
    }
  }
  return [...fields.values()];
}
