import { existsSync } from 'node:fs';
import { ConfigError, type Config } from '../../config/index.js';
import { directoryProblem } from '../../config/data-directory.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { sqliteCode } from '../../sqlite/sqlite-errors.js';
import { missingStoreOf } from './missing-store.js';

/** Errors of files that cannot be used, wherever they occur in a start. */
const FILES: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'the disk is full; free some space and start again'],
  ['SQLITE_READONLY', 'its files cannot be written; check owner, permissions and mount'],
  ['SQLITE_CANTOPEN', 'a file of it cannot be opened; check owner, permissions and mount'],
  ['SQLITE_IOERR', 'its disk answers with errors; check it, and whether it is full, before starting again'],
  ['SQLITE_BUSY', 'another process holds a file of it locked; wait for that process, and start again'],
];

/** Errors of a file whose directory was deleted. */
const GONE = 'it is not there any more; start again';

/**
 * Describes an error that the user can correct; null for any other error, which is a bug and keeps its stack.
 * @param config undefined while it is not loaded yet
 */
export function startProblem(error: unknown, config?: Pick<Config, 'dataDir'>): string | null {
  if (error instanceof ConfigError || error instanceof StoreRefusedError) return error.message;
  if (config === undefined || !(error instanceof Error)) return null;
  const { dataDir } = config;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const problem = fileProblem(cause, dataDir);
    if (problem !== null) return problem;
  }
  const missing = missingStoreOf(error);
  return missing === null ? null : `${error.message} (${missing}; DATA_DIR is ${dataDir})`;
}

/** Describes an error of a file in the data directory; null for any other error. */
function fileProblem(error: NodeJS.ErrnoException, dataDir: string): string | null {
  const code = sqliteCode(error);
  const advice = FILES.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (advice !== undefined) return `DATA_DIR is ${dataDir}: ${existsSync(dataDir) ? advice : GONE}`;
  return error.path?.startsWith(dataDir) === true ? directoryProblem(dataDir, error) : null;
}
