import { existsSync } from 'node:fs';

/**
 * How to open a file with a write-ahead log for reading, so that nothing is left beside it, and nothing taken away. Opened
 * for reading alone, SQLite makes that log where there is none and leaves it; opened for writing, it folds one that is
 * there into the file at the end.
 */
export const leavingAlone = (path: string): { readonly readonly: boolean; readonly fileMustExist: true } => ({
  readonly: existsSync(`${path}-wal`),
  fileMustExist: true,
});
