import type { Command } from 'commander';
import type { Say } from './rebuild.js';
import type { WhatIfOptions } from './what-if-promotion.js';

const NOTES = `
The file holds a promotion as POST /v1/promotions takes it, or as GET /v1/promotions/{id} shows one. It alone is taken off the
undiscounted lines of the orders that were confirmed and placed from --from on and before --to: whatever its window, limits and trigger.
Reads the log of the data directory (DATA_DIR) or of EVENT_STORE_URL, beside a running engine or without one, and writes nothing.`;

export function addWhatIfCommand(program: Command, say: Say): void {
  program
    .command('what-if-promotion')
    .description('tell what a promotion would have taken off the orders of a time')
    .argument('<file>', 'the promotion as JSON')
    .requiredOption('--from <time>', 'an RFC 3339 time, or a UTC day')
    .requiredOption('--to <time>', 'the first moment that is left out')
    .option('--channel <code>', 'only orders of this channel')
    .addHelpText('after', NOTES)
    .action(async (file: string, options: WhatIfOptions) => {
      const { whatIf } = await import('./what-if-promotion.js');
      await whatIf(process.env, { file, options }, say);
    });
}
