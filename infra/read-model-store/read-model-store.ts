import type { JsonObject } from '../../domain/shared/json.js';
import type { DocumentPut, DocumentStore } from '../document-store/index.js';
import type { DocumentQuery, IndexDefinition, ScanOptions } from '../shared/document-query.js';
import type { Checkpoint, Position } from '../shared/position.js';

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

/** One build of a version of a read model: `name@version`; `build` counts the rebuilds of a version (default 0). */
export interface CollectionVersion {
  readonly name: string;
  readonly version: number;
  readonly build?: number;
}

export interface CollectionDefinition extends CollectionVersion {
  readonly indexes: readonly IndexDefinition[];
}

/** A collection; a name alone stands for its live version. */
export type CollectionRef = string | CollectionVersion;

/** The state of a collection. Exactly one version of each name is live. */
export interface CollectionState {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly live: boolean;
  readonly checkpoint: Checkpoint | null;
}

/** A document for its runner; null where it was deleted at `position`. */
export interface LoadedDocument<Doc = JsonObject> {
  readonly position: Position;
  readonly doc: Doc | null;
}

export interface CheckpointMove {
  readonly expected: Checkpoint | null;
  readonly next: Checkpoint;
}

/** The changes of one collection. */
export interface CollectionCommit {
  readonly collection: CollectionVersion;
  readonly writes: readonly DocumentWrite[];
  /** The move of the checkpoint; absent where it stays. */
  readonly move?: CheckpointMove;
}

/** Documents that are stored with a commit. */
export interface CommittedDocuments {
  /** Name of a collection in the store's `documents`. */
  readonly collection: string;
  readonly puts: readonly DocumentPut[];
}

/**
 * Stores read models for projection runners: documents by collection, each with the position of the last event in it. Several
 * processes may share a store. Every method may throw ReadModelStoreUnavailableError.
 */
export interface ProjectionStore {
  /** Documents about the read models, such as parked keys; they are deleted with them. */
  readonly documents: DocumentStore;
  /**
   * Creates the collection and its indexes where they are missing. The first version of a name is live at once, any other is built
   * beside it until it is promoted. Idempotent.
   */
  ensure(collection: CollectionDefinition): Promise<void>;
  /** Makes this version the live one and drops all others of its name, in one step that reads see whole. */
  promote(collection: CollectionVersion): Promise<void>;
  /** Lists every collection by name, then version and build. */
  collections(): Promise<readonly CollectionState[]>;
  /** Loads documents for the fold of a runner, deleted ones too. */
  load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>>;
  /** Lists all documents by ascending id, after `after`. */
  scan<Doc>(collection: CollectionRef, options: ScanOptions): Promise<readonly StoredDocument<Doc>[]>;
  /**
   * Writes final documents and moves the checkpoint from `expected` to `next`, as if at once. A document is written only
   * where the stored one is at a lower position; a deletion is remembered with its position.
   * @throws CheckpointConflictError another process has moved the checkpoint, or the collection is gone
   */
  commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void>;
  /**
   * Commits several collections in one go, and documents with them. A store without transactions writes the documents first, then in
   * the order of the list, each collection before its checkpoint, and stops at the first failure.
   * @throws CheckpointConflictError as `commit`
   */
  commitAll(commits: readonly CollectionCommit[], documents?: readonly CommittedDocuments[]): Promise<void>;
  checkpoint(collection: CollectionRef): Promise<Checkpoint | null>;
}

/** The store of read models with its reads, which see all earlier commits. */
export interface ReadModelStore extends ProjectionStore {
  get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined>;
  getMany<Doc>(collection: CollectionRef, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>>;
  find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]>;
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
export class ReadModelStoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReadModelStoreUnavailableError';
  }
}
