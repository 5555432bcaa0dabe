import type { Json, JsonObject } from '../../../domain/shared/json.js';
import type { IndexDefinition } from '../../shared/document-query.js';

/** What a column of an index holds; booleans are 0 and 1. */
export type ColumnValue = string | number | null;

/** Stands for a field that a document lacks: sorts before every value, in SQL and bound as a parameter. */
export const MISSING = -Infinity;
export const MISSING_SQL = '-9e999';

const FIELD = /^[\w-]+(\.[\w-]+)*$/;
const NAME = /^[\w-]+$/;

/** Reads one dotted path out of documents. */
class FieldPath {
  readonly #steps: readonly string[];

  constructor(path: string) {
    this.#steps = path.split('.');
  }

  read(from: Json | undefined): Json | undefined {
    let value = from;
    for (const step of this.#steps) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as JsonObject)[step];
    }
    return value;
  }

  column(from: Json | undefined): ColumnValue {
    return columnValue(this.read(from));
  }
}

export function columnValue(value: Json | undefined): ColumnValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

/** A column with the value of a field; where it is missing, NULL for the first of an index, lowest for a later one. */
export class IndexedField {
  readonly #path: FieldPath;

  constructor(
    readonly column: string,
    path: string,
    private readonly isFirst: boolean,
  ) {
    this.#path = new FieldPath(path);
  }

  value(doc: JsonObject): ColumnValue {
    const value = this.#path.column(doc);
    return value === null && !this.isFirst ? MISSING : value;
  }
}

/** The columns of an entry, for every element of the list that has the first field; one entry for equal elements. */
export class EachIndex {
  readonly #list: FieldPath;
  readonly #first: FieldPath;
  readonly #rest: readonly FieldPath[];

  constructor(
    readonly name: string,
    list: string,
    readonly fields: readonly string[],
  ) {
    const [first = '', ...rest] = fields;
    this.#list = new FieldPath(list);
    this.#first = new FieldPath(first);
    this.#rest = rest.map((field) => new FieldPath(field));
  }

  /** Entries as JSON text, so that an unchanged document is noticed by comparing it; null when there are none. */
  entries(doc: JsonObject): string | null {
    const list = this.#list.read(doc);
    if (!Array.isArray(list) || list.length === 0) return null;
    const firsts = new Set<ColumnValue>();
    for (const element of list)
      firsts.add(typeof element === 'object' ? this.#first.column(element) : columnValue(element));
    firsts.delete(null);
    if (firsts.size === 0) return null;
    const rest = this.#rest.map((field) => field.column(doc));
    return JSON.stringify([...firsts].map((first) => [first, ...rest]));
  }
}

export const parseEntries = (text: ColumnValue | undefined): ColumnValue[][] =>
  typeof text === 'string' ? (JSON.parse(text) as ColumnValue[][]) : [];

/** Refuses names that could not stand in a statement. */
export function checkIndex(index: IndexDefinition): void {
  const paths = index.each === undefined ? index.fields : [...index.fields, index.each];
  if (!NAME.test(index.name) || index.fields.length === 0 || !paths.every((path) => FIELD.test(path))) {
    throw new TypeError(`index ${index.name} on ${paths.join(', ')} has a name that cannot be used`);
  }
}
