import type { Document, Filter, Sort } from 'mongodb';
import { keyValue, type CollectionLayout, type KeyValue } from './collection-layout.js';
import type { DocumentRecord } from './document-record.js';
import type { DocumentQuery, FieldValue } from '../../shared/document-query.js';

/** A page as MongoDB is asked for it. */
export interface FindQuery {
  readonly filter: Filter<DocumentRecord>;
  readonly sort: Record<string, 1 | -1> & Sort;
  /** A list whose every element is an entry of its own, to be unwound before `filter`. */
  readonly unwind: string | null;
}

type Condition = Record<string, Document | KeyValue | null>;

interface Key {
  /** The fields after the equal ones, then `_id`. */
  readonly terms: readonly string[];
  /** Whether the first of them is present in every entry. */
  readonly isFirst: boolean;
}

export class UnknownIndexError extends TypeError {
  constructor(index: string) {
    super(`there is no index ${index}`);
    this.name = 'UnknownIndexError';
  }
}

export function findQuery(layout: CollectionLayout, query: DocumentQuery): FindQuery {
  const index = layout.indexes.get(query.index);
  if (index === undefined) throw new UnknownIndexError(query.index);
  const equal = query.equals?.length ?? 0;
  const key: Key = { terms: [...index.terms.slice(equal), '_id'], isFirst: equal === 0 };
  checkQuery(query, { fields: index.terms.length, key: key.terms.length });
  const conditions = conditionsOf(index.terms, key, query);
  const order = query.direction === 'descending' ? -1 : 1;
  return {
    filter: conditions.length === 0 ? {} : { $and: conditions as Filter<DocumentRecord>[] },
    sort: Object.fromEntries(key.terms.map((term) => [term, order] as const)),
    unwind: index.isEach && key.isFirst ? firstOf(index.terms) : null,
  };
}

function conditionsOf(terms: readonly string[], key: Key, { equals = [], range, after, direction }: DocumentQuery) {
  const conditions: Condition[] = equals.map((value, place) => ({ [terms[place] ?? '']: bound(value) }));
  if (key.isFirst) conditions.push({ [firstOf(terms)]: { $ne: null } });
  if (range !== undefined) conditions.push({ [firstOf(key.terms)]: rangeOf(range) });
  if (after !== undefined) conditions.push(...beyond(key, after.map(bound), direction));
  return conditions;
}

const firstOf = (terms: readonly string[]): string => terms[0] ?? '';

const bound = (value: FieldValue | null): KeyValue | null => keyValue(value) ?? null;

/** Only values of the bound's own type are in a range, so what is missing never is. */
function rangeOf({ gte, lte, lt }: NonNullable<DocumentQuery['range']>): Document {
  return {
    ...(gte !== undefined && { $gte: bound(gte) }),
    ...(lte !== undefined && { $lte: bound(lte) }),
    ...(lt !== undefined && { $lt: bound(lt) }),
  };
}

/**
 * Entries behind the keyset: equal in the first fields and behind in the next one, for each length. The condition on the
 * leading field alone says nothing new, but lets the scan of the index start there.
 */
function beyond(key: Key, after: readonly (KeyValue | null)[], direction: DocumentQuery['direction']): Condition[] {
  const isDescending = direction === 'descending';
  const branches: Condition[] = [];
  const same: Condition = {};
  for (const [place, term] of key.terms.entries()) {
    const value = after[place] ?? null;
    const mayLack = term !== '_id' && !(key.isFirst && place === 0);
    for (const behind of isDescending ? before(value, mayLack) : behindOf(value)) {
      branches.push({ ...same, [term]: behind });
    }
    same[term] = value;
  }
  const lead = firstOf(key.terms);
  const from = after[0] ?? null;
  const start = isDescending ? { $not: { $gt: from } } : { $gte: from };
  return [...(from === null ? [] : [{ [lead]: start }]), { $or: branches as Document[] }] as Condition[];
}

const behindOf = (value: KeyValue | null): Document[] => [value === null ? { $ne: null } : { $gt: value }];

const before = (value: KeyValue | null, mayLack: boolean): (Document | null)[] => {
  if (value === null) return [];
  return mayLack ? [{ $lt: value }, null] : [{ $lt: value }];
};

function checkQuery(query: DocumentQuery, size: { readonly fields: number; readonly key: number }): void {
  const equal = query.equals?.length ?? 0;
  if (equal > size.fields) throw new TypeError(`index ${query.index} has ${size.fields} fields only`);
  if (query.range !== undefined && equal === size.fields) {
    throw new TypeError(`index ${query.index} has no field left for a range`);
  }
  if (query.after !== undefined && query.after.length !== size.key) {
    throw new TypeError(`a page of index ${query.index} starts after ${size.key} values`);
  }
}
