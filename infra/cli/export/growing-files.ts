import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory, type ExportedFile } from './manifest.js';

/** A file that is written to, with what it does not have yet. */
interface Growing {
  count: number;
  bytes: number;
  waiting: string[];
}

/** Appends lines to many files, of which none stays open: there may be one for each type and day. */
export class GrowingFiles {
  /** Characters that are not written yet. */
  waiting = 0;
  readonly #files: Map<string, Growing>;

  /** @param head the first line of each file, with its end; empty for none */
  constructor(
    private readonly directory: string,
    files: readonly ExportedFile[],
    private readonly head = '',
  ) {
    this.#files = new Map(files.map(({ file, count, bytes }) => [file, { count, bytes, waiting: [] }]));
  }

  /** @param line with its end */
  add(file: string, line: string): void {
    let growing = this.#files.get(file);
    if (growing === undefined) {
      growing = { count: 0, bytes: 0, waiting: this.head === '' ? [] : [this.head] };
      this.#files.set(file, growing);
    }
    growing.count += 1;
    growing.waiting.push(line);
    this.waiting += line.length;
  }

  /** Writes what waits and has it on the disk; answers all files. @throws Error the disk is full */
  write(): readonly ExportedFile[] {
    for (const [name, growing] of this.#files) this.#append(name, growing);
    syncDirectory(this.directory);
    this.waiting = 0;
    return [...this.#files]
      .map(([file, { count, bytes }]) => ({ file, count, bytes }))
      .toSorted((one, other) => (one.file < other.file ? -1 : 1));
  }

  #append(name: string, growing: Growing): void {
    if (growing.waiting.length === 0) return;
    const bytes = Buffer.from(growing.waiting.join(''));
    const file = openSync(join(this.directory, name), 'a');
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    growing.bytes += bytes.length;
    growing.waiting = [];
  }
}
