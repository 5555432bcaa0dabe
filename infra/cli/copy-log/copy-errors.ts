import { StoreUnavailableError } from '../../shared/store-errors.js';
import { EventIdConflictError, UnknownOutcomeError, WrongExpectedRevisionError } from '../../event-store/index.js';
import { CliError } from '../cli-error.js';

/** The error where the target is no copy of the source. */
export const otherEvents = (stream: string): CliError =>
  new CliError(`TO holds events that FROM does not have, first in stream ${stream}: copy into an empty log`);

export const tooLarge = (what: string, bytes: number, cause: unknown): CliError =>
  new CliError(`${what} has ${bytes} bytes, more than TO takes in one append (${messageOf(cause)})`, { cause });

/** Turns a store's error into one that tells the operator what to do; others stay as they are. */
export function asCliError(error: unknown): unknown {
  if (error instanceof WrongExpectedRevisionError || error instanceof EventIdConflictError)
    return otherEvents(error.stream);
  if (error instanceof StoreUnavailableError || error instanceof UnknownOutcomeError)
    return new CliError(`${error.message}; run the same command again to go on`, { cause: error });
  return error;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
