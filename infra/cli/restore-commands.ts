import { Argument, type Command } from 'commander';
import type { Accepted } from '../event-store/index.js';
import type { Say } from './rebuild.js';
import { accept, restored } from './restored.js';

const RESTORED_NOTES = `
To be run once after the log (events.db, or the data of EventStoreDB) was put back from a backup, with every engine stopped
and the environment that the engine has. The log gets another id: Consistency-Tokens, cursors and positions that clients
have from before are refused, where they would mean other events now. Read models, search index and the sagas are made
from the log at the next start.`;

const ACCEPT_NOTES = `
times      the clock was far ahead when the last events were recorded: they keep their times, and what is recorded later
           is stamped by this machine's clock again
lost-keys  there is no backup of the keys of persons: what was sealed with them is lost, and shown as null

Every engine has to be stopped.`;

const SAID: Readonly<Record<Accepted, string>> = {
  times: 'the times of the log so far are accepted; what is recorded from now on is stamped by the clock again',
  'lost-keys': 'it is accepted that the keys of persons in the log so far are lost',
};

/** What an operator says of a log after a disaster. */
export function addRestoreCommands(program: Command, say: Say): void {
  program
    .command('restored')
    .description('say that the log was put back from a backup: it gets another id, everything derived is rebuilt')
    .addHelpText('after', RESTORED_NOTES)
    .action(() => restored(process.env, say));
  program
    .command('accept')
    .description('accept what is wrong with the log and cannot be mended, so that the engine starts')
    .addArgument(new Argument('<what>', 'times, or lost-keys').choices(Object.keys(SAID)))
    .addHelpText('after', ACCEPT_NOTES)
    .action(async (what: Accepted) => {
      await accept(process.env, what);
      say(SAID[what]);
    });
}
