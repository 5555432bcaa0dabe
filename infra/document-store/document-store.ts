import type { JsonObject } from '../../domain/shared/json.js';
import type { DocumentQuery, IndexDefinition, ScanOptions } from '../shared/document-query.js';

/** A collection and its indexes; where these have changed, existing documents are indexed again. */
export interface DocumentCollection {
  readonly name: string;
  readonly indexes: readonly IndexDefinition[];
}

export interface DocumentEntry<Doc = JsonObject> {
  readonly id: string;
  readonly doc: Doc;
}

/** A document to be stored; `doc: null` deletes it. The last write wins. */
export interface DocumentPut {
  readonly id: string;
  readonly doc: JsonObject | null;
  /**
   * With a version, a write replaces only a lower version in plain text order, or none, and a deletion leaves its version behind, so
   * that a late write never replaces a newer one.
   */
  readonly version?: string;
}

/** Compare-and-set of one document; null stands for no document. */
export interface DocumentChange {
  readonly id: string;
  readonly expected: JsonObject | null;
  /** Differs from every document that others would store, and so tells whose write succeeded. */
  readonly next: JsonObject;
}

/**
 * Stores documents by collection and id that follow from no event: leases, marks, requests, cursors. Several processes may share a
 * store; a read sees all earlier writes. Every method may throw DocumentStoreUnavailableError.
 */
export interface DocumentStore {
  /** Creates the collection and its indexes where they are missing. Idempotent. */
  ensure(collection: DocumentCollection): Promise<void>;
  /** Reads a document; undefined where there is none, or no such collection. The other reads are empty then. */
  get<Doc>(collection: string, id: string): Promise<Doc | undefined>;
  getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, Doc>>;
  find<Doc>(collection: string, query: DocumentQuery): Promise<readonly DocumentEntry<Doc>[]>;
  /** Lists all documents by ascending id, after `after`. */
  scan<Doc>(collection: string, options: ScanOptions): Promise<readonly DocumentEntry<Doc>[]>;
  /**
   * Stores all of them. A store without transactions stores one after the other, and may fail in between.
   * @throws UnknownCollectionError the collection was never created
   */
  put(collection: string, puts: readonly DocumentPut[]): Promise<void>;
  /**
   * Stores `next` where `expected` is stored, and returns whether it is stored now. It succeeds where `next` was stored already, as the
   * answer to an earlier call may have been lost.
   * @throws UnknownCollectionError the collection was never created
   */
  compareAndSet(collection: string, change: DocumentChange): Promise<boolean>;
  /** Deletes every document of the collection, and the versions that deletions left. */
  clear(collection: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A collection was written to before it was created, which is a bug of the caller. */
export class UnknownCollectionError extends Error {
  constructor(collection: string) {
    super(`the collection ${collection} was not made before it was written to`);
    this.name = 'UnknownCollectionError';
  }
}

/** The store cannot answer now (disk full, connection away). */
export class DocumentStoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DocumentStoreUnavailableError';
  }
}
