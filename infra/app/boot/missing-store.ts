import { StoreUnavailableError } from '../../shared/store-errors.js';
import { DocumentStoreUnavailableError } from '../../document-store/index.js';
import { KeyStoreUnavailableError } from '../../key-store/index.js';
import { ReadModelStoreUnavailableError } from '../../read-model-store/index.js';
import { SearchIndexUnavailableError } from '../../search-index/index.js';

/** The errors of stores that do not answer, by the store's name in `/readyz`. */
const UNAVAILABLE = {
  'event-store': StoreUnavailableError,
  'key-store': KeyStoreUnavailableError,
  'read-store': ReadModelStoreUnavailableError,
  'search-index': SearchIndexUnavailableError,
} as const;

export type StoreName = keyof typeof UNAVAILABLE;

const NAMES = Object.keys(UNAVAILABLE) as StoreName[];

/** Names the store that an error says is away; null for any other error. Documents are kept where the read models are. */
export function missingStoreOf(error: unknown): StoreName | null {
  if (error instanceof DocumentStoreUnavailableError) return 'read-store';
  return NAMES.find((name) => error instanceof UNAVAILABLE[name]) ?? null;
}

/** Makes the error anew in another thread, as messages between threads lose the class. */
export const unavailable = (store: StoreName, message: string): Error => new UNAVAILABLE[store](message);
