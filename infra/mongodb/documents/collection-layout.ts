import type { IndexDescription } from 'mongodb';
import type { Json, JsonObject } from '../../../domain/shared/json.js';
import type { IndexDefinition } from '../../shared/document-query.js';

/** What an index holds of a field; booleans are 0 and 1. */
export type KeyValue = string | number;

/** The indexed values of a document: by `path/with/slashes`, and by `each:index` a list. What is missing is left out. */
export type Keys = Readonly<Record<string, KeyValue | readonly KeyValue[]>>;

const FIELD = /^[\w-]+(\.[\w-]+)*$/;
const NAME = /^[\w-]+$/;

interface Path {
  readonly name: string;
  readonly steps: readonly string[];
}

interface EachPath {
  readonly name: string;
  readonly list: readonly string[];
  readonly first: readonly string[];
}

/** An index as queries see it: where in a record its fields lie. */
export interface KeyedIndex {
  readonly isEach: boolean;
  /** Dotted paths in the record, in the order of the fields. */
  readonly terms: readonly string[];
}

/**
 * How documents of a collection are indexed. The values of all declared indexes are written beside the document, under
 * `keys`: MongoDB would index elements of lists and whole objects where the port's rule is that they are missing. MongoDB
 * compares texts byte by byte in UTF-8, which is code point order, and puts what is missing first.
 */
export class CollectionLayout {
  readonly indexes: ReadonlyMap<string, KeyedIndex>;
  readonly #paths: readonly Path[];
  readonly #each: readonly EachPath[];

  constructor(definitions: readonly IndexDefinition[]) {
    const paths = new Map<string, Path>();
    for (const { fields, each } of definitions) {
      for (const field of each === undefined ? fields : fields.slice(1)) paths.set(field, pathOf(field));
    }
    this.#paths = [...paths.values()];
    this.#each = definitions.flatMap(({ name, fields, each }) =>
      each === undefined ? [] : [{ name: eachName(name), list: each.split('.'), first: fields[0]?.split('.') ?? [] }],
    );
    this.indexes = new Map(definitions.map((definition) => [definition.name, keyedIndex(definition)]));
  }

  /** Undefined where the document is in no index. */
  keysOf(doc: JsonObject): Keys | undefined {
    const keys: Record<string, KeyValue | readonly KeyValue[]> = {};
    let isEmpty = true;
    for (const { name, steps } of this.#paths) {
      const value = keyValue(valueAt(doc, steps));
      if (value === undefined) continue;
      keys[name] = value;
      isEmpty = false;
    }
    for (const { name, list, first } of this.#each) {
      const values = elementsOf(valueAt(doc, list), first);
      if (values.length === 0) continue;
      keys[name] = values;
      isEmpty = false;
    }
    return isEmpty ? undefined : keys;
  }

  /** Each once: MongoDB refuses a second index over the same fields. */
  descriptions(): IndexDescription[] {
    const descriptions = new Map<string, IndexDescription>();
    for (const [name, { terms }] of this.indexes) {
      const key = Object.fromEntries([...terms, '_id'].map((term) => [term, 1]));
      const fields = JSON.stringify(key);
      if (!descriptions.has(fields)) descriptions.set(fields, { name, key });
    }
    return [...descriptions.values()];
  }
}

export function keyValue(value: Json | undefined): KeyValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** Refuses names that could not stand in a path. */
export function checkIndex(index: IndexDefinition): void {
  const paths = index.each === undefined ? index.fields : [...index.fields, index.each];
  if (!NAME.test(index.name) || index.fields.length === 0 || !paths.every((path) => FIELD.test(path))) {
    throw new TypeError(`index ${index.name} on ${paths.join(', ')} has a name that cannot be used`);
  }
}

const keyName = (field: string): string => field.replaceAll('.', '/');
const eachName = (index: string): string => `each:${index}`;
const pathOf = (field: string): Path => ({ name: keyName(field), steps: field.split('.') });

function keyedIndex({ name, fields, each }: IndexDefinition): KeyedIndex {
  const names = fields.map((field, place) => (each !== undefined && place === 0 ? eachName(name) : keyName(field)));
  return { isEach: each !== undefined, terms: names.map((key) => `keys.${key}`) };
}

function valueAt(from: Json, steps: readonly string[]): Json | undefined {
  let value: Json | undefined = from;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as JsonObject)[step];
  }
  return value;
}

function elementsOf(list: Json | undefined, first: readonly string[]): KeyValue[] {
  if (!Array.isArray(list)) return [];
  const values = new Set<KeyValue>();
  for (const element of list as readonly Json[]) {
    const value = keyValue(typeof element === 'object' && element !== null ? valueAt(element, first) : element);
    if (value !== undefined) values.add(value);
  }
  return [...values];
}
