import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { eventTypeOf, type EventTypeDocuments } from '../../../../read-api/events/event-type-documents.js';
import { readLines } from '../../file-lines.js';
import { syncDirectory, type ExportedFile } from '../manifest.js';
import { columnTypeOf } from './column-type.js';
import { writeParquet } from './write-parquet.js';

/** Files of lines that are to become Parquet. */
export interface Lines {
  /** The directory that they are in. */
  readonly directory: string;
  /** In which each has its extension `.ndjson` and events of one type alone, which its name begins with. */
  readonly files: readonly ExportedFile[];
}

export interface Parts {
  readonly directory: string;
  /** Those that are there already. */
  readonly files: readonly ExportedFile[];
  readonly documents: EventTypeDocuments;
  /** Called with the number of events of each part that is there. */
  readonly onWritten: (count: number) => void;
}

const LINES = '.ndjson';

/**
 * Writes a part for each file of lines, which is then removed, so that a run that is cut off leaves out what is done already; answers
 * all parts. The first part of order.opened.v1 is order.opened.v1.0001.parquet.
 */
export async function writeParts(
  { directory: from, files: lines }: Lines,
  parts: Parts,
): Promise<readonly ExportedFile[]> {
  const { directory, files, documents, onWritten } = parts;
  const all = [...files];
  for (const { file, count } of lines) {
    const name = basename(file, LINES);
    const part = nextPart(name, files);
    const source = join(from, file);
    const target = join(directory, part);
    if (existsSync(source)) {
      const draft = `${source}.parquet`;
      await writeParquet(draft, textsOf(source), typeOfFile(name, documents));
      renameSync(draft, target);
      syncDirectory(directory);
      rmSync(source);
    }
    all.push({ file: part, count, bytes: statSync(target).size });
    onWritten(count);
  }
  return all.toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

const EXTENSION = '.parquet';
const DIGITS = 4;

function nextPart(name: string, files: readonly ExportedFile[]): string {
  const parts = files.filter(
    ({ file }) => file.startsWith(`${name}.`) && /^\.\d+\.parquet$/.test(file.slice(name.length)),
  );
  return `${name}.${String(parts.length + 1).padStart(DIGITS, '0')}${EXTENSION}`;
}

/** A type ends with its version; behind it there may be a day. */
const TYPE = /^.*\.v\d+/;

/** What the code does not know is JSON as a whole. */
function typeOfFile(name: string, documents: EventTypeDocuments): ReturnType<typeof columnTypeOf> {
  const found = eventTypeOf(TYPE.exec(decodeURIComponent(name))?.[0] ?? '', documents);
  return columnTypeOf(found === null ? {} : found.schema);
}

async function* textsOf(file: string): AsyncGenerator<string> {
  for await (const { text } of readLines(file)) yield text;
}
