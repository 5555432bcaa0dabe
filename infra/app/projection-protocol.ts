import type { ProgressUpdate } from '../../projections/progress.js';
import type { StoreName } from './missing-store.js';

/** What the projection thread is started with; plain data. */
export interface ProjectionThreadOptions {
  readonly eventStoreUrl: string;
  readonly readStoreUrl: string;
  readonly searchUrl: string;
  readonly searchApiKey: string | null;
  readonly keyStoreUrl: string;
  readonly serverSecret: Uint8Array;
  readonly logLevel: string;
}

export type ToProjections = { readonly kind: 'close' };

export type FromProjections =
  | { readonly kind: 'ready' }
  /** Another process keeps the read models; progress is told again once this one does. */
  | { readonly kind: 'standby' }
  | { readonly kind: 'progress'; readonly update: ProgressUpdate }
  /** The stores cannot be used; the message says what to do. */
  | { readonly kind: 'refused'; readonly message: string }
  /** A store did not answer when the projections were to start. */
  | { readonly kind: 'away'; readonly store: StoreName; readonly message: string }
  /** The projections have ended by themselves, and are tried again here or taken over by another process. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };
