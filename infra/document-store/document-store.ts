import type { JsonObject } from '../../domain/shared/json.js';
import type { DocumentQuery, IndexDefinition, ScanOptions } from '../shared/document-query.js';

/** A name and its indexes; documents that are there are indexed again where these have changed. */
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
   * Where given, it is stored only over a lower one in plain text order or over none, and a deletion leaves its version
   * behind: what is written late never replaces what is newer.
   */
  readonly version?: string;
}

/** Compare-and-set of one document; null stands for no document. */
export interface DocumentChange {
  readonly id: string;
  readonly expected: JsonObject | null;
  /** Differs from whatever anybody else would store: it then tells whose change was done. */
  readonly next: JsonObject;
}

/**
 * Records by collection and id that no event orders: leases, marks, requests, places in the log. Several processes may share
 * a store; a read sees what was stored. Every method may throw DocumentStoreUnavailableError.
 */
export interface DocumentStore {
  /** Creates the collection and its indexes where they are missing. Idempotent. */
  ensure(collection: DocumentCollection): Promise<void>;
  /** Undefined where there is no such document, or no such collection; so are the other reads empty. */
  get<Doc>(collection: string, id: string): Promise<Doc | undefined>;
  getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, Doc>>;
  find<Doc>(collection: string, query: DocumentQuery): Promise<readonly DocumentEntry<Doc>[]>;
  /** All documents by id, ascending, after `after`. */
  scan<Doc>(collection: string, options: ScanOptions): Promise<readonly DocumentEntry<Doc>[]>;
  /**
   * Stores all of them. A store without transactions stores them one after the other, and a failure may come between.
   * @throws UnknownCollectionError the collection was never made
   */
  put(collection: string, puts: readonly DocumentPut[]): Promise<void>;
  /**
   * Stores `next` where `expected` is stored, and says whether it is stored now: it is a success where it was there already,
   * as the answer to a call before may have been lost.
   * @throws UnknownCollectionError the collection was never made
   */
  compareAndSet(collection: string, change: DocumentChange): Promise<boolean>;
  /** Deletes every document of the collection, and the versions that deletions left. */
  clear(collection: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A collection was written to before anybody made it: a bug of the caller. */
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
