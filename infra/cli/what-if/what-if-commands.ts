import { Option, type Command } from 'commander';
import type { Say } from '../rebuild.js';
import type { WhatIfOptions } from './what-if-installation.js';

const NOTES = `
FILE.ts exports a read model of your own, another pricing policy, other promotions, or another reservation policy: docs/what-if.md has an example
of each. Prices and reservations are compared with what was recorded, a read model with --against live to the one of its name. The log is
read, beside a running engine or without one, and nothing is written to it; the file can reach neither network nor files. Code that throws
stops the run at the event that it threw at; --resume goes on there.`;

/** What lets analysts try other rules on what has happened. */
export function addWhatIfFileCommand(program: Command, say: Say): void {
  program
    .command('what-if')
    .description('fold your own read model from the log, or decide again by other rules, and tell what differs')
    .argument('<file>', 'TypeScript with a default export')
    .option('--from <point>', 'after this position, or from this RFC 3339 time on')
    .option('--to <point>', 'up to this position or time, inclusive; default: all there is')
    .addOption(new Option('--against <what>', 'compare a read model with the one that is read').choices(['live']))
    .option('--resume', 'go on where the last run was stopped by an error of the file')
    .addHelpText('after', NOTES)
    .action(async (file: string, options: WhatIfOptions) => {
      const { whatIfFile } = await import('./what-if-installation.js');
      await whatIfFile(process.env, { file, options }, say);
    });
}
