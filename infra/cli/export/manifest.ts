import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';

export const FORMATS = ['ndjson', 'csv', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** What the events of a file have in common: their type, or the day (UTC) on which they were recorded. */
export const PARTITIONS = ['type', 'day'] as const;
export type Partition = (typeof PARTITIONS)[number];

/** A file of an export; what it has beyond its bytes does not count. */
export interface ExportedFile {
  /** Its name in the directory. */
  readonly file: string;
  /** Events in it. */
  readonly count: number;
  readonly bytes: number;
}

/** How far an export has come: every event after `from` up to `position` is in one of the files, and no other. */
export interface Manifest {
  readonly logId: string;
  readonly format: Format;
  readonly by: Partition | null;
  readonly count: number;
  /** As the feed shows positions; null is the beginning of the log. */
  readonly from: string | null;
  readonly position: string | null;
  readonly files: readonly ExportedFile[];
}

const NAME = 'manifest.json';

/** Reads the manifest of a directory as text; null where it has none. */
export function manifestText(directory: string): string | null {
  try {
    return readFileSync(join(directory, NAME), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Parses what `writeManifest` wrote. @throws CliError it is none */
export function parseManifest(directory: string, text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (typeof manifest.logId === 'string' && Array.isArray(manifest.files)) return manifest;
  } catch {
    // It is told below.
  }
  throw new CliError(`${join(directory, NAME)} is no manifest of an export`);
}

/** Replaces the manifest at once, after all before it is on the disk; answers its text. */
export function writeManifest(directory: string, manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const aside = join(directory, `.${NAME}`);
  const file = openSync(aside, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, join(directory, NAME));
  syncDirectory(directory);
  return text;
}

/** Makes new names in a directory last. */
export function syncDirectory(directory: string): void {
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
