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

/** One built version of a read model: `name@version`; `build` tells rebuilds of the same version apart (default 0). */
export interface CollectionVersion {
  readonly name: string;
  readonly version: number;
  readonly build?: number;
}

export interface CollectionDefinition extends CollectionVersion {
  readonly indexes: readonly IndexDefinition[];
}

/** A bare name is the live version of that name. */
export type CollectionRef = string | CollectionVersion;

/** What the store knows of a collection. Exactly one version of each name is live. */
export interface CollectionState {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly live: boolean;
  readonly checkpoint: Checkpoint | null;
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

export interface Checkpoint {
  readonly logId: string;
  readonly position: Position;
}

/** A document as its runner sees it: null where it was deleted at `position`. */
export interface LoadedDocument<Doc = JsonObject> {
  readonly position: Position;
  readonly doc: Doc | null;
}

export interface CheckpointMove {
  readonly expected: Checkpoint | null;
  readonly next: Checkpoint;
}

/** What changes in one collection. */
export interface CollectionCommit {
  readonly collection: CollectionVersion;
  readonly writes: readonly DocumentWrite[];
  /** Absent: the checkpoint stays. */
  readonly move?: CheckpointMove;
  /**
   * `position` (default): a document is written only where the stored one is at a lower position, and a deletion is
   * remembered with its position. `none`: last write wins, for records that no event orders.
   */
  readonly guard?: 'position' | 'none';
}

/**
 * Documents by collection. Reads see what was committed; several processes may share a store. Every method may throw
 * ReadStoreUnavailableError.
 */
export interface ReadStore {
  /**
   * Creates the collection and its indexes where they are missing; the first version of a name is live at once, any
   * other is built beside it until it is promoted. Idempotent.
   */
  ensure(collection: CollectionDefinition): Promise<void>;
  /** Makes this version the live one and drops all others of its name, at once: no read sees half. */
  promote(collection: CollectionVersion): Promise<void>;
  /** Every collection, by name, then version and build. */
  collections(): Promise<readonly CollectionState[]>;
  get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined>;
  getMany<Doc>(collection: CollectionRef, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>>;
  /** Like `getMany`, with deleted documents too: what a runner folds onto. */
  load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>>;
  find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]>;
  /** All documents by id, ascending, after `after`. */
  scan<Doc>(
    collection: CollectionRef,
    options: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredDocument<Doc>[]>;
  /**
   * Writes final documents and moves the checkpoint from `expected` to `next`, as if at once. A document is written only
   * where the stored one is at a lower position.
   * @throws CheckpointConflictError somebody else has moved the checkpoint, or the collection is gone
   */
  commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void>;
  /**
   * Several collections in one go. A store without transactions writes in the order of the list, documents before the
   * checkpoint, and stops at the first failure.
   * @throws CheckpointConflictError as `commit`
   */
  commitAll(commits: readonly CollectionCommit[]): Promise<void>;
  checkpoint(collection: CollectionRef): Promise<Checkpoint | null>;
  ping(): Promise<void>;
  close(): Promise<void>;
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
