import { mkdirSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pseudonymousView, type EventView } from '../../../read-api/events/event-view.js';
import { builtEventTypes } from '../../app/api-document/built-event-types.js';
import { readShownPosition, shownPosition, type EventStore, type EventText } from '../../event-store/index.js';
import { distance, type Position } from '../../shared/position.js';
import { CliError } from '../cli-error.js';
import { afterPoint, upToPoint } from '../log-point.js';
import { showProgress } from '../progress.js';
import { CSV_HEAD, csvLine } from './csv-line.js';
import { ExportDirectory } from './export-directory.js';
import type { Format, Manifest, Partition } from './manifest.js';
import { writeLines, type LineFormat } from './write-lines.js';

export interface ExportOptions {
  readonly format: Format;
  readonly out: string;
  readonly by?: Partition;
  /** Exclusive; a position as the feed shows it, or a time, from which on events are meant. */
  readonly from?: string;
  /** Inclusive, in the same terms. */
  readonly to?: string;
}

export interface ExportSource {
  /** With what is personal sealed, and events in their newest shape. */
  readonly sealed: EventStore;
  readonly serverSecret: Uint8Array;
  /** As `writeLines` takes it. */
  readonly writeAfter?: number;
}

/**
 * Writes what an analyst's feed has to files, and the manifest that names them. What an earlier run left in the directory is gone on
 * with: its files are cut to what the manifest says, and what the log has beyond its position is added.
 * @throws CliError the options do not fit the log, or the directory
 */
export async function exportLog(source: ExportSource, options: ExportOptions): Promise<Manifest> {
  const view = pseudonymousView(source.sealed, source.serverSecret);
  const upTo = await endOf(view.log, options);
  const directory = ExportDirectory.open(options.out, {
    logId: view.log.logId,
    format: options.format,
    by: partitionOf(options),
    from: await beginOf(view.log, options),
  });
  const run: Run = { view, upTo, directory, ...(source.writeAfter !== undefined && { writeAfter: source.writeAfter }) };
  if (options.format === 'parquet') await exportParquet(run);
  else await exportLines(run, lineFormat(options.format, directory.manifest.by));
  return directory.manifest;
}

/** Parquet has a file a type, which `by day` divides further. */
const partitionOf = ({ format, by }: ExportOptions): Partition | null => by ?? (format === 'parquet' ? 'type' : null);

const endOf = (log: EventStore, { to }: ExportOptions): Promise<Position | null> =>
  to === undefined ? log.head() : upToPoint(log, { name: '--to', text: to });

/** A time before the first event is the beginning of the log, which is no position: as where nothing is said. */
async function beginOf(log: EventStore, { from }: ExportOptions): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const after = await afterPoint(log, { name: '--from', text: from });
  return after === null ? undefined : shownPosition(log.logId, after);
}

interface Run {
  readonly view: EventView;
  /** Null where there is nothing. */
  readonly upTo: Position | null;
  readonly directory: ExportDirectory;
  readonly writeAfter?: number;
}

type FileOf = LineFormat['fileOf'];

const DAY = 'YYYY-MM-DD'.length;

function lineFormat(format: 'ndjson' | 'csv', by: Partition | 'type and day' | null): LineFormat {
  const name = namedBy(by);
  const fileOf: FileOf = (event) => `${name(event)}.${format}`;
  return format === 'csv' ? { head: CSV_HEAD, lineOf: csvLine, fileOf } : { head: '', lineOf: (line) => line, fileOf };
}

function namedBy(by: Partition | 'type and day' | null): (event: Pick<EventText, 'type' | 'at'>) => string {
  switch (by) {
    case 'type':
      return ({ type }) => encodeURIComponent(type);
    case 'day':
      return ({ at }) => at.slice(0, DAY);
    case 'type and day':
      return ({ type, at }) => `${encodeURIComponent(type)}.${at.slice(0, DAY)}`;
    default:
      return () => 'events';
  }
}

async function exportLines({ view, upTo, directory, ...rest }: Run, format: LineFormat): Promise<void> {
  directory.tidy();
  const after = positionIn(view.log, directory.manifest.position);
  if (upTo === null || (after !== null && after >= upTo)) return;
  const progress = showProgress('events', { total: distance(null, upTo), already: distance(null, after) });
  let at = after;
  const onRead = (position: Position): void => {
    progress.done(distance(at, position));
    at = position;
  };
  try {
    await writeLines(directory, { view, after, upTo, format, onRead, ...rest });
  } finally {
    progress.stop();
  }
}

function positionIn({ logId }: EventStore, shown: string | null): Position | null {
  const position = shown === null ? null : readShownPosition(logId, shown);
  if (position === undefined || position === 'of another log')
    throw new CliError(`the manifest's position ${shown} is none of this log`);
  return position;
}

const WORK = '.lines';

/**
 * A Parquet file can only be written as a whole, and there is one for each type: the lines of each are gathered in files of their own
 * first, which a run that is cut off goes on with, and then each becomes a part.
 */
async function exportParquet(run: Run): Promise<void> {
  const work = join(run.directory.path, WORK);
  const gathering = join(work, 'gathering');
  const gathered = join(work, 'gathered');
  if (existsSync(gathered)) await partsFrom(gathered, run);
  const { logId, by, position } = run.directory.manifest;
  mkdirSync(work, { recursive: true });
  const wanted = { logId, format: 'ndjson', by, from: position ?? undefined } as const;
  const lines = ExportDirectory.open(gathering, wanted);
  await exportLines({ ...run, directory: lines }, lineFormat('ndjson', by === 'day' ? 'type and day' : 'type'));
  if (lines.manifest.count > 0) {
    renameSync(gathering, gathered);
    await partsFrom(gathered, run);
  }
  rmSync(work, { recursive: true });
}

async function partsFrom(gathered: string, { directory }: Pick<Run, 'directory'>): Promise<void> {
  const { logId, by } = directory.manifest;
  const lines = ExportDirectory.open(gathered, { logId, format: 'ndjson', by, from: undefined }).manifest;
  // Killed between the manifest and the end of the work: these lines are in it already.
  if (lines.position !== null && lines.position !== directory.manifest.position) {
    const progress = showProgress('events to Parquet', { total: lines.count });
    try {
      const files = await writtenParts({ directory: gathered, files: lines.files }, directory, progress.done);
      directory.record(files, lines.position);
    } finally {
      progress.stop();
    }
  }
  rmSync(gathered, { recursive: true });
}

async function writtenParts(
  lines: { readonly directory: string; readonly files: Manifest['files'] },
  { path, manifest: { files } }: ExportDirectory,
  onWritten: (count: number) => void,
): Promise<Manifest['files']> {
  const { writeParts } = await import('./parquet/write-parts.js');
  return writeParts(lines, { directory: path, files, documents: await builtEventTypes(), onWritten });
}
