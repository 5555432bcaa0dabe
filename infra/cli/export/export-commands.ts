import { Option, type Command } from 'commander';
import type { Say } from '../rebuild.js';
import type { ExportOptions } from './export-log.js';
import { FORMATS, PARTITIONS } from './manifest.js';

const NOTES = `
Holds exactly what an analyst reads at GET /v1/events: what is personal is null. Reads the log of the data directory (DATA_DIR) or of
EVENT_STORE_URL, beside a running engine or without one, and writes nothing to it. manifest.json in DIR names every file with how many events it has, and
the position up to which they go. Cut off, it goes on where it was with the next run; run again later, it adds what is new. CSV and NDJSON files grow;
Parquet has a new part a type, such as order.opened.v1.0002.parquet. docs/analysts.md says what the columns are.`;

/** What analysts take the log along with. */
export function addExportCommand(program: Command, say: Say): void {
  program
    .command('export')
    .description('write the log to files, resumable')
    .addOption(new Option('--format <format>', 'of the files').choices(FORMATS).makeOptionMandatory())
    .requiredOption('--out <dir>', 'an empty directory, or one with an earlier export')
    .addOption(new Option('--by <what>', 'a file each; default: one file, Parquet by type').choices(PARTITIONS))
    .option('--from <point>', 'after this position, or from this RFC 3339 time on')
    .option('--to <point>', 'up to this position or time, inclusive; default: all there is')
    .addHelpText('after', NOTES)
    .action(async (options: ExportOptions) => {
      const { exportInstallation } = await import('./export-installation.js');
      await exportInstallation(process.env, options, say);
    });
}
