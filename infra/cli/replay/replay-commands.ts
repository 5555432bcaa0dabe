import type { Command } from 'commander';
import type { OutOptions } from './replay-installation.js';

const NOTES = `
Folds the log from its beginning up to a position of the feed, or to an RFC 3339 time (both inclusive), in a temporary directory: nothing of the
installation is changed, and nothing but the read model follows. Writes a line {"id", "doc"} a document, as the API answers it, with what is
personal null; of what reports are made of their items, by UTC days. docs/analysts.md says more.`;

/** What shows analysts a read model as it was. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('write a read model as it was')
    .requiredOption('--read-model <name>', 'which one (see: projections)')
    .requiredOption('--until <point>', 'a position, or an RFC 3339 time')
    .option('--out <file>', 'default: standard output')
    .addHelpText('after', NOTES)
    .action(async (options: OutOptions) => {
      const { replayInstallation } = await import('./replay-installation.js');
      await replayInstallation(process.env, options);
    });
}
