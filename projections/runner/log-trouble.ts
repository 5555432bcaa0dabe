import { CheckpointConflictError, ReadStoreUnavailableError } from '../../infra/read-store/index.js';
import type { RunnerLogger } from './runner-options.js';

/** Says what a runner does about an error. */
export function logTrouble(error: unknown, logger: RunnerLogger): void {
  if (error instanceof ReadStoreUnavailableError)
    logger.warn({ err: error }, 'the read store cannot answer: trying again');
  else if (error instanceof CheckpointConflictError) logger.warn({ err: error }, 'another runner is at work: stopping');
  else logger.error({ err: error }, 'the projections have stopped');
}
