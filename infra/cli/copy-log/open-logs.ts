import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../../event-store/index.js';
import type { LogImporter } from '../../event-store/log-importer.js';
import { directoryOf, isEmbedded, openForImport, openRawEventStore } from '../../app/adapters.js';
import { Closers } from '../../app/boot/closers.js';
import { CliError } from '../cli-error.js';

export interface Logs {
  readonly source: EventStore;
  readonly target: EventStore & LogImporter;
  readonly commitsPages: boolean;
}

const SCHEMES = /^(sqlite:.|esdb(\+discover)?:\/\/.)/;

/**
 * Opens both logs below everything that seals, opens or upcasts, for as long as the work lasts.
 * @throws CliError a URL names no event store, or both the same one
 */
export async function withLogs<Result>(
  from: string,
  to: string,
  work: (logs: Logs) => Promise<Result>,
): Promise<Result> {
  for (const url of [from, to]) checkScheme(url);
  if (placeOf(from) === placeOf(to)) throw new CliError('FROM and TO are the same event store');
  const closers = new Closers();
  try {
    const source = await openRawEventStore(from, 'read-only');
    closers.add(() => source.close());
    const target = await openForImport(to);
    closers.add(() => target.close());
    if (source.logId === target.logId) throw new CliError(`FROM and TO hold the same log, ${source.logId}`);
    return await work({ source, target, commitsPages: isEmbedded(to) });
  } finally {
    await closers.close();
  }
}

function checkScheme(url: string): void {
  if (!SCHEMES.test(url))
    throw new CliError(
      `${withoutCredentials(url)} names no event store: sqlite:DIRECTORY, esdb://… or esdb+discover://…`,
    );
}

/** A log of files is the same however its path is spelt; a server is told apart by its log's id once it answers. */
function placeOf(url: string): string {
  if (!isEmbedded(url)) return url;
  const file = join(directoryOf(url), 'events.db');
  return existsSync(file) ? realpathSync(file) : url;
}

export const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');
