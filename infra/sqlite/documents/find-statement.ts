import { columnValue, MISSING, MISSING_SQL, type ColumnValue } from './index-fields.js';
import { columnOf, type TableLayout } from './table-layout.js';
import type { DocumentQuery, FieldValue, IndexDefinition } from '../../shared/document-query.js';

const BOUNDS = [
  ['gte', '>='],
  ['lte', '<='],
  ['lt', '<'],
] as const;

export class UnknownIndexError extends TypeError {
  constructor(index: string) {
    super(`there is no index ${index}`);
    this.name = 'UnknownIndexError';
  }
}

/** Queries of the same shape have the same statement. */
export function queryShape({ index, equals, range, direction, after }: DocumentQuery): string {
  const bounds = BOUNDS.map(([name]) => (range?.[name] === undefined ? '' : name)).join();
  return `${index} ${equals?.length ?? 0} ${bounds} ${direction ?? ''} ${after === undefined ? '' : 'after'}`;
}

export function queryParameters({ equals, range, after, limit }: DocumentQuery): ColumnValue[] {
  const bounds = BOUNDS.map(([name]) => range?.[name]).filter((value) => value !== undefined);
  return [...[...(equals ?? []), ...bounds].map(bound), ...(after ?? []).map(bound), limit];
}

const bound = (value: FieldValue | null): ColumnValue => (value === null ? MISSING : columnValue(value));

/** The statement of a query: rows of id, position and doc. */
export function findStatement(layout: TableLayout, query: DocumentQuery): string {
  const index = layout.indexes.get(query.index);
  if (index === undefined) throw new UnknownIndexError(query.index);
  const terms = index.fields.map((field, at) => (index.each === undefined ? columnOf(field, at) : `e.v${at}`));
  const equal = query.equals?.length ?? 0;
  const key = [...terms.slice(equal), index.each === undefined ? 'id' : 'e.id'];
  checkQuery(query, { fields: terms.length, equal, key: key.length });
  const descending = query.direction === 'descending';
  const conditions = [
    ...terms.slice(0, equal).map((term) => `${term} = ?`),
    ...BOUNDS.filter(([name]) => query.range?.[name] !== undefined).map(([name, sign]) => {
      // A plus keeps SQLite from starting at this bound: the page before was nearer.
      const isBehind = query.after !== undefined && (name === 'gte') !== descending;
      return `${isBehind ? '+' : ''}${key[0]} ${sign} ?`;
    }),
  ];
  if (query.after !== undefined) {
    conditions.push(`(${key.join(', ')}) ${descending ? '<' : '>'} (${key.map(() => '?').join(', ')})`);
  }
  if (index.each === undefined) conditions.push(`${terms[0]} IS NOT NULL`);
  // A document without the field is in no range of it.
  if (query.range !== undefined && query.range.gte === undefined) conditions.push(`${key[0]} > ${MISSING_SQL}`);
  const order = key.map((term) => (descending ? `${term} DESC` : term)).join(', ');
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `${source(layout, index)}${where} ORDER BY ${order} LIMIT ?`;
}

const source = (layout: TableLayout, { each, name }: IndexDefinition): string =>
  each === undefined
    ? `SELECT id, position, doc FROM ${layout.docs} INDEXED BY ${layout.indexName(name)}`
    : `SELECT e.id, d.position, d.doc FROM ${layout.eachTable(name)} e CROSS JOIN ${layout.docs} d ON d.id = e.id`;

function checkQuery(query: DocumentQuery, size: { fields: number; equal: number; key: number }): void {
  if (size.equal > size.fields) throw new TypeError(`index ${query.index} has ${size.fields} fields only`);
  if (query.range !== undefined && size.equal === size.fields) {
    throw new TypeError(`index ${query.index} has no field left for a range`);
  }
  if (query.after !== undefined && query.after.length !== size.key) {
    throw new TypeError(`a page of index ${query.index} starts after ${size.key} values`);
  }
}
