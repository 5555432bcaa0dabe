import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readModels } from '../../../projections/index.js';
import { searchReadModel } from '../../../projections/search/index.js';
import { Closers } from '../../app/boot/closers.js';
import { openLog } from '../../app/stores/stores.js';
import { existingInstallation, type Variables } from '../model-access.js';
import { replayModel, type ReplayOptions } from './replay-model.js';

export interface OutOptions extends ReplayOptions {
  readonly out?: string;
}

/**
 * Writes a read model of an installation as it was.
 * @throws CliError, ConfigError what is wrong with the options or the installation
 */
export async function replayInstallation(variables: Variables, options: OutOptions): Promise<void> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  try {
    const log = await openLog(config, 'read-only');
    closers.add(() => log.close());
    const models = [...readModels, searchReadModel];
    const warn = (line: string): void => void process.stderr.write(`${line}\n`);
    const lines = replayModel({ sealed: log.sealed, serverSecret: config.serverSecret, models, warn }, options);
    await write(Readable.from(lines), options.out);
  } finally {
    await closers.close();
  }
}

/** A file is there as a whole or not at all. */
async function write(lines: Readable, file: string | undefined): Promise<void> {
  if (file === undefined) return pipeline(lines, process.stdout, { end: false });
  const draft = `${file}.part`;
  await pipeline(lines, createWriteStream(draft));
  renameSync(draft, file);
}
