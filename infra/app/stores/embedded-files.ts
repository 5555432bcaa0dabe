import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogFileSize } from '../../telemetry/metrics/index.js';
import { directoryOf, isEmbedded } from '../adapters.js';

/** Tells whether there can be a store to open: the first start of the embedded default creates this file, and servers exist already. */
export const isInstalled = (url: string, file: string): boolean =>
  !isEmbedded(url) || existsSync(join(directoryOf(url), file));

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => ({ size: 0 }))).size;

/** Measures the files of the log; null where the log is on a server, which reports its disk itself. */
export function logFilesOf(url: string): (() => Promise<LogFileSize>) | null {
  if (!isEmbedded(url)) return null;
  const directory = directoryOf(url);
  return async () => {
    const [file, ahead, disk] = await Promise.all([
      sizeOf(join(directory, 'events.db')),
      sizeOf(join(directory, 'events.db-wal')),
      statfs(directory),
    ]);
    return { bytes: file + ahead, freeBytes: disk.bavail * disk.bsize };
  };
}
