/**
 * A declared index over fields of the document, used by equality on a prefix of `fields`, a range on the next one and
 * order by it. Field names are dotted paths of letters, digits, `_` and `-`; texts are ordered by code point. A document
 * without the first field is not in the index; one without a later field comes before all that have it. `each` names a
 * list of the document: the first field is then read in every element of that list (an element that is a text or a
 * number stands for itself); equal elements count once.
 */
export interface IndexDefinition {
  readonly name: string;
  readonly fields: readonly string[];
  readonly each?: string;
}

export type FieldValue = string | number | boolean;

/** A page over an index, in the order of its fields, ties by id. */
export interface DocumentQuery {
  readonly index: string;
  /** Values of the first fields of the index, by equality. */
  readonly equals?: readonly FieldValue[];
  /** Bounds on the field after the equal ones; `gte`/`lte` inclusive. */
  readonly range?: { readonly gte?: FieldValue; readonly lte?: FieldValue; readonly lt?: FieldValue };
  readonly direction?: 'ascending' | 'descending';
  /**
   * Keyset: the values of the fields after the equal ones, then the id, of the last document of the page before; null for
   * a field that it did not have.
   */
  readonly after?: readonly (FieldValue | null)[];
  readonly limit: number;
}

/** A page of all documents by id, ascending, after `after`. */
export interface ScanOptions {
  readonly after?: string;
  readonly limit: number;
}
