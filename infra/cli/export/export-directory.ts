import { mkdirSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import {
  manifestText,
  parseManifest,
  writeManifest,
  type ExportedFile,
  type Format,
  type Manifest,
} from './manifest.js';

/** What an export is to hold. */
export interface Wanted extends Pick<Manifest, 'logId' | 'format' | 'by'> {
  /** Undefined where nothing is said: the beginning of the log, or what an earlier run began with. */
  readonly from: string | undefined;
}

/** A directory with an export in it, which one process at a time goes on with. */
export class ExportDirectory {
  #text: string;
  #manifest: Manifest;

  private constructor(
    readonly path: string,
    manifest: Manifest,
    text: string,
  ) {
    this.#manifest = manifest;
    this.#text = text;
  }

  /**
   * Opens an empty directory, or what an earlier run of the same export left there.
   * @throws CliError there is something else in it
   */
  static open(path: string, wanted: Wanted): ExportDirectory {
    try {
      mkdirSync(path, { recursive: true });
    } catch (error) {
      throw new CliError(`${path} cannot be made a directory: ${(error as Error).message}`, { cause: error });
    }
    const text = manifestText(path);
    if (text !== null) {
      const manifest = parseManifest(path, text);
      checkSame(path, manifest, wanted);
      return new ExportDirectory(path, manifest, text);
    }
    // A run that was cut off before its first manifest leaves that one's draft.
    if (readdirSync(path).some((name) => !name.startsWith('.')))
      throw new CliError(`${path} is neither empty nor an export: name another directory`);
    const { from = null, ...rest } = wanted;
    const manifest: Manifest = { ...rest, count: 0, from, position: from, files: [] };
    return new ExportDirectory(path, manifest, writeManifest(path, manifest));
  }

  get manifest(): Manifest {
    return this.#manifest;
  }

  /** Says how far the export has come. @throws CliError another process has meanwhile done so */
  record(files: readonly ExportedFile[], position: string): void {
    if (manifestText(this.path) !== this.#text)
      throw new CliError(`another export is at work in ${this.path}: run this one again when it has ended`);
    const count = files.reduce((sum, file) => sum + file.count, 0);
    this.#manifest = { ...this.#manifest, count, position, files };
    this.#text = writeManifest(this.path, this.#manifest);
  }

  /**
   * Takes away what a run that was cut off wrote after its last manifest.
   * @throws CliError a file is missing or shorter than the manifest says
   */
  tidy(): void {
    const known = new Map(this.#manifest.files.map((one) => [one.file, one]));
    const extension = `.${this.#manifest.format}`;
    for (const name of readdirSync(this.path)) {
      if (name.endsWith(extension) && !known.has(name)) rmSync(join(this.path, name));
    }
    for (const { file, bytes } of known.values()) {
      const size = statSync(join(this.path, file), { throwIfNoEntry: false })?.size ?? 0;
      if (size < bytes)
        throw new CliError(`${join(this.path, file)} has ${size} of its ${bytes} bytes: export into another directory`);
      if (size > bytes) truncateSync(join(this.path, file), bytes);
    }
  }
}

function checkSame(path: string, manifest: Manifest, wanted: Wanted): void {
  const { logId, format, by, from } = wanted;
  if (manifest.logId !== logId)
    throw new CliError(
      `${path} is an export of another log, or of this one before it was restored: name another directory`,
    );
  const was = `${manifest.format}${manifest.by === null ? '' : ` by ${manifest.by}`}`;
  if (manifest.format !== (format satisfies Format) || manifest.by !== by)
    throw new CliError(`${path} is an export as ${was}: ask for the same, or name another directory`);
  if (from !== undefined && manifest.from !== from)
    throw new CliError(`${path} is an export from ${manifest.from ?? 'the beginning'}: name another directory`);
}
