import { StoreUnavailableError } from '../../shared/store-errors.js';
import { DocumentStoreUnavailableError } from '../../document-store/index.js';
import { KeyStoreUnavailableError } from '../../key-store/index.js';
import { CheckpointConflictError, ReadModelStoreUnavailableError } from '../../read-model-store/index.js';
import type { RunnerLogger } from './runner-options.js';

type Passing =
  | ReadModelStoreUnavailableError
  | DocumentStoreUnavailableError
  | StoreUnavailableError
  | KeyStoreUnavailableError;

/** Whether trying again may help: a store (that of the keys of personal data, too) does not answer now. */
export const isPassing = (error: unknown): error is Passing =>
  error instanceof ReadModelStoreUnavailableError ||
  error instanceof DocumentStoreUnavailableError ||
  error instanceof StoreUnavailableError ||
  error instanceof KeyStoreUnavailableError;

/** Says what a runner does about an error. */
export function logTrouble(error: unknown, logger: RunnerLogger): void {
  if (isPassing(error)) logger.warn({ err: error }, 'a store cannot answer: trying again');
  else if (error instanceof CheckpointConflictError) logger.warn({ err: error }, 'another runner is at work: stopping');
  else logger.error({ err: error }, 'the projections have stopped');
}
