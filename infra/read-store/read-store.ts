import type { JsonObject } from '../../domain/shared/json.js';
import type { Position } from '../event-store/position.js';

/** A folded document with the position of the last event in it. */
export interface StoredDocument<Doc = JsonObject> {
  readonly id: string;
  readonly position: Position;
  readonly doc: Doc;
}

/** `doc: null` deletes. */
export interface DocumentWrite {
  readonly id: string;
  readonly position: Position;
  readonly doc: JsonObject | null;
}

/**
 * A declared index over fields of the document, used by equality on a prefix of `fields`, a range on the next one and
 * order by it. Field names are dotted paths. A document without the first field is not in the index. `each` names a list
 * of the document: the first field is then read in every element of that list.
 */
export interface IndexDefinition {
  readonly name: string;
  readonly fields: readonly string[];
  readonly each?: string;
}

/** One built version of a read model: `name@version`. */
export interface CollectionDefinition {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly IndexDefinition[];
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
  /** Keyset: the values of the fields after the equal ones, then the id, of the last document of the page before. */
  readonly after?: readonly FieldValue[];
  readonly limit: number;
}

export interface Checkpoint {
  readonly logId: string;
  readonly position: Position;
}

export interface ReadStore {
  /** Creates the collection and its indexes where they are missing. Idempotent. */
  ensure(collection: CollectionDefinition): Promise<void>;
  /** `name` reads the live version. */
  get<Doc>(name: string, id: string): Promise<StoredDocument<Doc> | undefined>;
  getMany<Doc>(name: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>>;
  find<Doc>(name: string, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]>;
  /** All documents by id, ascending, after `after`. */
  scan<Doc>(
    name: string,
    options: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredDocument<Doc>[]>;
  /**
   * Writes final documents and moves the checkpoint from `expected` to `next`, as if at once. A document is written only
   * where the stored one is at a lower position. Without a move (null) only the documents are written.
   * @throws CheckpointConflictError somebody else has moved the checkpoint
   */
  commit(collection: CollectionDefinition, writes: readonly DocumentWrite[], move: CheckpointMove | null): Promise<void>;
  checkpoint(name: string): Promise<Checkpoint | null>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface CheckpointMove {
  readonly expected: Checkpoint | null;
  readonly next: Checkpoint;
}

export class CheckpointConflictError extends Error {
  constructor(readonly collection: string) {
    super(`the checkpoint of ${collection} was moved by another runner`);
    this.name = 'CheckpointConflictError';
  }
}

/** The store cannot answer now (disk full, connection away). */
export class ReadStoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReadStoreUnavailableError';
  }
}
