import type Database from 'better-sqlite3';
import type { JsonObject } from '../../../domain/shared/json.js';
import { MISSING, parseEntries, type ColumnValue } from './index-fields.js';
import type { TableLayout } from './table-layout.js';

/** A document to be written. */
export interface RowWrite {
  readonly id: string;
  /** Orders the writes of one document, as plain text: a position of the log, or a version. */
  readonly position: string;
  /** Null deletes. */
  readonly doc: JsonObject | null;
}

type Row = [rowid: number, position: string, ...columns: ColumnValue[]];

interface EachStatements {
  readonly insert: Database.Statement<ColumnValue[]>;
  readonly remove: Database.Statement<ColumnValue[]>;
}

/** Writes documents of one collection inside the caller's transaction; indexes are touched only where they change. */
export class DocumentWriter {
  readonly #current: Database.Statement<[string], Row>;
  readonly #doc: Database.Statement<[string], [string | null]>;
  readonly #insert: Database.Statement<(ColumnValue | string)[]>;
  readonly #updateDoc: Database.Statement<[string, string | null, number]>;
  readonly #updateRow: Database.Statement<(ColumnValue | string)[]>;
  readonly #remove: Database.Statement<[number]>;
  readonly #each: readonly EachStatements[];
  readonly #tables: readonly string[];

  constructor(
    private readonly database: Database.Database,
    private readonly layout: TableLayout,
  ) {
    const { docs, columns } = layout;
    const list = columns.map((column) => `, ${column}`).join('');
    const assign = columns.map((column) => `, ${column} = ?`).join('');
    this.#current = database.prepare<[string], Row>(`SELECT rowid, position${list} FROM ${docs} WHERE id = ?`).raw();
    this.#doc = database.prepare<[string], [string | null]>(`SELECT doc FROM ${docs} WHERE id = ?`).raw();
    this.#insert = database.prepare(`INSERT INTO ${docs} VALUES (?, ?, ?${', ?'.repeat(columns.length)})`);
    this.#updateDoc = database.prepare(`UPDATE ${docs} SET position = ?, doc = ? WHERE rowid = ?`);
    this.#updateRow = database.prepare(`UPDATE ${docs} SET position = ?, doc = ?${assign} WHERE rowid = ?`);
    this.#remove = database.prepare(`DELETE FROM ${docs} WHERE rowid = ?`);
    this.#tables = [docs, ...layout.each.map(({ name }) => layout.eachTable(name))];
    this.#each = layout.each.map(({ name, fields }) => eachStatements(database, layout.eachTable(name), fields.length));
  }

  /** Only where the stored document is at a lower position; a deletion leaves its position. */
  writeGuarded({ id, position, doc }: RowWrite): void {
    const row = this.#current.get(id);
    if (row === undefined) this.#add(id, position, doc);
    else if (row[1] < position) this.#replace(row, { id, position, doc });
  }

  /** Whatever is stored; a deletion leaves nothing. */
  writeAlways(write: RowWrite): void {
    const row = this.#current.get(write.id);
    if (row === undefined) {
      if (write.doc !== null) this.#add(write.id, write.position, write.doc);
      return;
    }
    this.#replace(row, write);
    if (write.doc === null) this.#remove.run(row[0]);
  }

  /** Stores `next` where `expected` is stored; whether it is stored now. */
  compareAndSet(id: string, expected: JsonObject | null, next: JsonObject): boolean {
    const [stored = null] = this.#doc.get(id) ?? [];
    if (stored === JSON.stringify(next)) return true;
    if (stored !== (expected === null ? null : JSON.stringify(expected))) return false;
    this.writeAlways({ id, position: '', doc: next });
    return true;
  }

  /** Leaves no document, and nothing of one that was deleted. */
  clear(): void {
    for (const table of this.#tables) this.database.exec(`DELETE FROM ${table}`);
  }

  /** Brings the columns and entries of a stored document up to the layout (an index was added). */
  reindex(id: string, doc: JsonObject): void {
    const row = this.#current.get(id);
    if (row !== undefined) this.#replace(row, { id, position: row[1], doc });
  }

  #add(id: string, position: string, doc: JsonObject | null): void {
    const columns = this.#columns(doc);
    this.#insert.run(id, position, doc === null ? null : JSON.stringify(doc), ...columns);
    this.#changeEntries(id, [], columns);
  }

  #replace(row: Row, { id, position, doc }: RowWrite): void {
    const columns = this.#columns(doc);
    const text = doc === null ? null : JSON.stringify(doc);
    if (columns.every((value, at) => value === row[at + 2])) {
      this.#updateDoc.run(position, text, row[0]);
      return;
    }
    this.#updateRow.run(position, text, ...columns, row[0]);
    this.#changeEntries(id, row.slice(2) as ColumnValue[], columns);
  }

  #columns(doc: JsonObject | null): ColumnValue[] {
    const columns: ColumnValue[] = [];
    for (const field of this.layout.fields) columns.push(doc === null ? null : field.value(doc));
    for (const index of this.layout.each) columns.push(doc === null ? null : index.entries(doc));
    return columns;
  }

  #changeEntries(id: string, before: readonly ColumnValue[], after: readonly ColumnValue[]): void {
    const first = this.layout.fields.length;
    for (const [at, { insert, remove }] of this.#each.entries()) {
      const old = before[first + at];
      const now = after[first + at];
      if (old === now) continue;
      for (const entry of parseEntries(old)) remove.run(...entry.map(bound), id);
      for (const entry of parseEntries(now)) insert.run(...entry.map(bound), id);
    }
  }
}

const bound = (value: ColumnValue): ColumnValue => value ?? MISSING;

function eachStatements(database: Database.Database, table: string, fields: number): EachStatements {
  const matches = Array.from({ length: fields }, (_, at) => `v${at} = ?`).join(' AND ');
  return {
    insert: database.prepare(`INSERT INTO ${table} VALUES (${'?, '.repeat(fields)}?)`),
    remove: database.prepare(`DELETE FROM ${table} WHERE ${matches} AND id = ?`),
  };
}
