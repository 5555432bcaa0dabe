import type { Command } from 'commander';
import { copyKeysBetween } from '../copy-keys/open-key-stores.js';
import type { Say } from '../rebuild.js';
import { copyLog } from './copy-log.js';
import { urlGiven } from './url-given.js';

const CREDENTIALS = `A URL with a password belongs into a variable, and env:NAME in its place, as in env:FROM_URL: a
command line is seen by other users and kept by the shell.`;

const NOTES = `
FROM and TO are URLs as in EVENT_STORE_URL: sqlite:DIRECTORY, esdb://… or esdb+discover://….
${CREDENTIALS}
TO must be empty, or what an earlier run left there; no engine may write to it meanwhile. An engine may go on writing to
FROM: what comes after the start is copied by running the command again, the last time with that engine stopped.`;

const KEY_NOTES = `
FROM and TO are URLs as in KEY_STORE_URL: sqlite:DIRECTORY, mongodb://… or mongodb+srv://….
${CREDENTIALS}
No engine may be at work on either. What is copied is all that opens personal data: delete FROM once the engine works
with TO.`;

/** What moves an installation from one event store to another. */
export function addCopyCommands(program: Command, say: Say): void {
  program
    .command('copy-log')
    .description(
      'copy every event, with ids and times, from one event store to another, and compare the two; resumable',
    )
    .argument('<from>', 'the event store to copy: a URL, or env:NAME')
    .argument('<to>', 'the event store to copy into: a URL, or env:NAME')
    .addHelpText('after', NOTES)
    .action((from: string, to: string) => copyLog(urlGiven(from), urlGiven(to), say));
  program
    .command('copy-keys')
    .description('copy the keys of personal data from one key store to another, with the same SERVER_SECRET')
    .argument('<from>', 'the key store to copy: a URL, or env:NAME')
    .argument('<to>', 'the key store to copy into: a URL, or env:NAME')
    .addHelpText('after', KEY_NOTES)
    .action((from: string, to: string) => copyKeysBetween(urlGiven(from), urlGiven(to), say));
}
