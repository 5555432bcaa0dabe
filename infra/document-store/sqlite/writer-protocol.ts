import type { Written } from '../../sqlite/writer/writer-protocol.js';
import type { DocumentChange, DocumentCollection } from '../document-store.js';
import type { SqliteDocumentStoreOptions } from './open-sqlite-document-store.js';

/** Data that the thread is started with. */
export type WriterOptions = Omit<SqliteDocumentStoreOptions, 'access'>;

/** The writes of a group; each is a transaction of its own and fails alone. */
export type DocumentWrite =
  | { readonly kind: 'ensure'; readonly collection: DocumentCollection }
  /** The document as JSON, which takes the caller half the time of copying objects. */
  | { readonly kind: 'put'; readonly collection: string; readonly puts: string }
  | { readonly kind: 'compare-and-set'; readonly collection: string; readonly change: DocumentChange }
  | { readonly kind: 'clear'; readonly collection: string };

/** Stands for an error of the port in messages between threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** The answer to a group. */
export interface DocumentsWritten extends Written {
  /** One result a write, in their order: whether a compare-and-set succeeded, true for other writes. */
  readonly results: readonly (boolean | Failure)[];
}
