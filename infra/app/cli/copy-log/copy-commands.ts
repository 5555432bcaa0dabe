import type { Command } from 'commander';
import type { Say } from '../rebuild.js';
import { copyLog } from './copy-log.js';

const NOTES = `
FROM and TO are URLs as in EVENT_STORE_URL: sqlite:DIRECTORY, esdb://… or esdb+discover://….
TO must be empty, or what an earlier run left there; no engine may write to it meanwhile. An engine may go on writing to
FROM: what comes after the start is copied by running the command again, the last time with that engine stopped.`;

/** What moves an installation from one event store to another. */
export function addCopyCommands(program: Command, say: Say): void {
  program
    .command('copy-log')
    .description(
      'copy every event, with ids and times, from one event store to another, and compare the two; resumable',
    )
    .argument('<from>', 'the event store to copy')
    .argument('<to>', 'the event store to copy into')
    .addHelpText('after', NOTES)
    .action((from: string, to: string) => copyLog(from, to, say));
}
