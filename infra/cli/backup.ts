import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeDirectory, syncDirectory } from '../shared/directories.js';
import { backUpSqliteFile } from '../sqlite/index.js';
import { directoryOf, isEmbedded } from '../app/adapters.js';
import { CliError } from './cli-error.js';
import { existingInstallation, type Variables } from './model-access.js';
import type { Say } from './rebuild.js';

const NOTES = `
Copies events.db, keys.db and the generated secrets, also while an engine is at work. --keys puts keys and secrets
somewhere else: whoever has one of the two copies alone reads no personal data. To restore: stop the engine, put the
files into an empty DATA_DIR, run \`restored\`, and start. A log on EventStoreDB and keys in MongoDB are backed up by these
engines' own means.`;

const SECRETS = ['server.secret', 'auth.secret'];

interface BackupOptions {
  /** Where keys and secrets go; default: beside the log. */
  readonly keys?: string;
}

/** What keeps a copy of all that nothing can rebuild. */
export function addBackupCommand(program: Command, say: Say): void {
  program
    .command('backup')
    .description('copy the log, the keys of persons and the secrets, also of a running engine')
    .argument('<directory>', 'where to; made where it is missing, and never written over')
    .option('--keys <directory>', 'where keys and secrets go instead')
    .addHelpText('after', NOTES)
    .action((directory: string, options: BackupOptions) => backUp(process.env, { directory, ...options }, say));
}

async function backUp(
  variables: Variables,
  { directory, keys = directory }: BackupOptions & { readonly directory: string },
  say: Say,
): Promise<void> {
  const { dataDir, eventStoreUrl, keyStoreUrl } = existingInstallation(variables);
  if (!isEmbedded(eventStoreUrl) || !isEmbedded(keyStoreUrl)) {
    throw new CliError(
      'only files are backed up here: EVENT_STORE_URL and KEY_STORE_URL name engines, which have means of their own',
    );
  }
  const targets = new Set([directory, keys]);
  for (const each of targets) makeDirectory(each);
  // The log first: whoever is in it is then among the keys.
  await copyDatabase(join(directoryOf(eventStoreUrl), 'events.db'), join(directory, 'events.db'));
  await copyDatabase(join(directoryOf(keyStoreUrl), 'keys.db'), join(keys, 'keys.db'));
  for (const name of SECRETS) if (existsSync(join(dataDir, name))) copySecret(join(dataDir, name), join(keys, name));
  for (const each of targets) syncDirectory(each);
  say(`the log is in ${directory}, keys and secrets are in ${keys}`);
}

/** @throws CliError there is a file already */
function refuseOver(target: string): void {
  if (existsSync(target)) throw new CliError(`${target} is there already: back up into a directory of its own`);
}

async function copyDatabase(source: string, target: string): Promise<void> {
  refuseOver(target);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  await backUpSqliteFile(source, part);
  chmodSync(part, 0o600);
  renameSync(part, target);
}

function copySecret(source: string, target: string): void {
  refuseOver(target);
  writeFileSync(target, readFileSync(source), { mode: 0o600, flush: true });
}
