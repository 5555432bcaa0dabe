import { existsSync } from 'node:fs';
import { ConfigError, type Config } from '../../config/index.js';
import { directoryProblem } from '../../config/data-directory.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { sqliteCode } from '../../sqlite/sqlite-errors.js';
import { missingStoreOf } from './missing-store.js';

/** What a file of ours says when it cannot be used, wherever in a start that shows. */
const FILES: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'the disk is full; free some space and start again'],
  ['SQLITE_READONLY', 'its files cannot be written; check owner, permissions and mount'],
  ['SQLITE_CANTOPEN', 'a file of it cannot be opened; check owner, permissions and mount'],
  ['SQLITE_IOERR', 'its disk answers with errors; check it, and whether it is full, before starting again'],
  ['SQLITE_BUSY', 'another process holds a file of it locked; wait for that process, and start again'],
];

/** Whatever a file says whose directory was deleted under it. */
const GONE = 'it is not there any more; start again';

/**
 * What the user can mend, in words; null for anything else, which is a bug and keeps its stack.
 * @param config undefined while it is not known yet
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

/** What an error of a file in the data directory means; null for any other. */
function fileProblem(error: NodeJS.ErrnoException, dataDir: string): string | null {
  const code = sqliteCode(error);
  const advice = FILES.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (advice !== undefined) return `DATA_DIR is ${dataDir}: ${existsSync(dataDir) ? advice : GONE}`;
  return error.path?.startsWith(dataDir) === true ? directoryProblem(dataDir, error) : null;
}
