export { overwriteDeleted } from './documents/overwrite-deleted.js';
export { backUpSqliteFile } from './back-up-sqlite-file.js';
export {
  isBusy,
  isFatal,
  isMissingTable,
  isUnknownAtCommit,
  messageOf,
  refusal,
  sqliteCode,
  translatedBy,
} from './sqlite-errors.js';
export {
  BUSY_TIMEOUT_MS,
  checkSynchronous,
  closingOnFailure,
  guarded,
  lookIntoFile,
  openExistingFile,
  openSqliteFile,
  type Connection,
  type SqliteFile,
} from './sqlite-file.js';
