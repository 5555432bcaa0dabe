import type { Written } from '../../sqlite/writer/writer-protocol.js';
import type { DocumentChange, DocumentCollection } from '../document-store.js';
import type { SqliteDocumentStoreOptions } from './open-sqlite-document-store.js';

/** Data that the thread is started with. */
export type WriterOptions = Omit<SqliteDocumentStoreOptions, 'access'>;

/** Each is a transaction of its own, and fails by itself. */
export type DocumentWrite =
  | { readonly kind: 'ensure'; readonly collection: DocumentCollection }
  /** As JSON, which takes the caller half the time that copying its objects does. */
  | { readonly kind: 'put'; readonly collection: string; readonly puts: string }
  | { readonly kind: 'compare-and-set'; readonly collection: string; readonly change: DocumentChange }
  | { readonly kind: 'clear'; readonly collection: string };

/** What stands for an error of the port on its way between threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** The answer to a group. */
export interface DocumentsWritten extends Written {
  /** As many as writes, in their order; of a compare-and-set whether it is set, of others true. */
  readonly results: readonly (boolean | Failure)[];
}
