import type { CollectionDefinition, CollectionVersion } from '../read-store.js';
import type { SqliteReadStoreOptions } from './sqlite-read-store.js';

/** Data that the thread is started with. */
export type WriterOptions = Omit<SqliteReadStoreOptions, 'access'>;

export type Write =
  | { readonly kind: 'ensure'; readonly collection: CollectionDefinition }
  | { readonly kind: 'promote'; readonly collection: CollectionVersion }
  /** As JSON, which takes the caller half the time that copying its objects does. */
  | { readonly kind: 'commit'; readonly commits: string };

export type ToWriter = Write | { readonly kind: 'close' };

/** What stands for an error of the port on its way between threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** Of a checkpoint that somebody else has moved. */
  readonly collection?: string;
}

/** `done` and `failed` answer the writes, in their order. */
export type FromWriter =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure };
