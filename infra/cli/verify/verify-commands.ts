import type { Command } from 'commander';
import type { Say } from '../rebuild.js';
import type { VerifyOptions } from './verify-installation.js';

const NOTES = `
Works on the data directory (DATA_DIR), beside a running engine or without one, also on a log that no engine starts on. Exits
with 0 where every event is as it was recorded, else with 1; each fault is a line with stream and revision. Whoever changes the
file and makes all hashes anew is found by a head that was noted elsewhere: the last line of an earlier run has it.`;

const load = () => import('./verify-installation.js');

/** What shows that the log is as it was recorded. */
export function addVerifyCommands(program: Command, say: Say): void {
  program
    .command('verify')
    .description('compute the hashes of the log anew and name every event that was altered, removed, added or swapped')
    .argument('[order]', 'id or number of an order')
    .option('--all', 'every stream, and the chain over the whole log')
    .option('--head <hash>', 'with --all: the head of an earlier run, which has to come by')
    .addHelpText('after', NOTES)
    .action(async (order: string | undefined, options: VerifyOptions) =>
      (await load()).verify(process.env, { ...options, order }, say),
    );
  program
    .command('proof')
    .description(
      'write all events of an order with their hashes, to be verified elsewhere; what is personal stays sealed',
    )
    .argument('<order>', 'id or number of an order')
    .action(async (order: string) => (await load()).writeProof(process.env, order, say));
  program
    .command('verify-proof')
    .description('verify what `proof` wrote; needs neither an engine nor its data')
    .argument('<file>', 'the file')
    .option('--head <hash>', 'the head of the order, as it was noted before')
    .action(async (file: string, { head }: { head?: string }) => (await load()).verifyFile(file, head, say));
}
