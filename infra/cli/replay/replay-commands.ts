import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { readModels } from '../../../projections/index.js';
import { searchReadModel } from '../../../projections/search/index.js';
import { Closers } from '../../app/boot/closers.js';
import { openLog } from '../../app/stores/stores.js';
import { existingInstallation, type Variables } from '../model-access.js';
import { replayModel, type ReplayOptions } from './replay-model.js';

const NOTES = `
Folds the log from its beginning up to a position of the feed, or to an RFC 3339 time (both inclusive), in a temporary directory: nothing of the
installation is changed, and nothing but the read model follows. Writes a line {"id", "doc"} a document, as the API answers it, with what is
personal null; of what reports are made of their items, by UTC days. docs/analysts.md says more.`;

interface Options extends ReplayOptions {
  readonly out?: string;
}

/** What shows analysts a read model as it was. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('write a read model as it was')
    .requiredOption('--read-model <name>', 'which one (see: projections)')
    .requiredOption('--until <point>', 'a position, or an RFC 3339 time')
    .option('--out <file>', 'default: standard output')
    .addHelpText('after', NOTES)
    .action((options: Options) => replay(process.env, options));
}

async function replay(variables: Variables, options: Options): Promise<void> {
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
