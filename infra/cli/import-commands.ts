import type { Command } from 'commander';
import type { ApiClient } from './api-client.js';
import { apiCommand, withClient, type ApiOptions } from './api-command.js';
import { importCatalog } from './import-catalog.js';
import { importCoupons } from './import-coupons.js';
import { importPrices } from './import-prices.js';
import type { Say } from './rebuild.js';
import { positive } from './whole-number.js';

interface Import<Options extends ApiOptions> {
  readonly name: string;
  readonly description: string;
  readonly file: string;
  /** Requests at once where the operator does not say. */
  readonly concurrency: number;
  /** Answers what was done, in words, and a line for each that was refused. */
  run(client: ApiClient, file: string, options: Options): Promise<Imported>;
}

interface Imported {
  /** How many were taken, and that in words. */
  readonly count: number;
  readonly done: string;
  readonly refused: readonly string[];
  readonly seconds: number;
}

const NDJSON = 'JSON in UTF-8, gzipped or not; - for standard input';
const CSV_OR_NDJSON = 'CSV or NDJSON in UTF-8, gzipped or not; - for standard input';

/** What brings data into a running engine. */
export function addImportCommands(program: Command, say: Say): void {
  const importing = program.command('import').description('bring data into a running engine');
  addImport(importing, say, {
    name: 'catalog',
    description: 'create or update products and receive their stock once',
    file: `one product a line, ${NDJSON}`,
    concurrency: 32,
    run: async (client, file, options) => {
      const { created, known, refused, seconds } = await importCatalog(client, file, options);
      return { count: created + known, done: `${created} created, ${known} known`, refused, seconds };
    },
  });
  addImport(importing, say, {
    name: 'prices',
    description: 'replace all prices of products',
    file: `one price row a line, ${CSV_OR_NDJSON}`,
    concurrency: 32,
    run: async (client, file, options) => {
      const { priced, refused, seconds } = await importPrices(client, file, options);
      return { count: priced, done: `${priced} products priced`, refused, seconds };
    },
  });
  addImport<ApiOptions & { promotion: string }>(importing, say, {
    name: 'coupons',
    description: 'create coupons of a promotion',
    file: `code, uses and usesPerCustomer, ${CSV_OR_NDJSON}`,
    concurrency: 2,
    run: async (client, file, options) => {
      const { created, known, refused, seconds } = await importCoupons(client, file, options);
      return { count: created + known, done: `${created} created, ${known} known`, refused, seconds };
    },
  }).requiredOption('--promotion <id>', 'whose coupons they are');
}

function addImport<Options extends ApiOptions>(parent: Command, say: Say, what: Import<Options>): Command {
  const { name, description, file: takes, concurrency, run } = what;
  return apiCommand(parent, { name, description: `${description}; running it again is harmless`, role: 'admin' })
    .argument('<file>', takes)
    .option('--concurrency <n>', 'requests at once', positive, concurrency)
    .action((file: string, options: Options) =>
      withClient(options, async (client) => {
        const { count, done, refused, seconds } = await run(client, file, options);
        for (const line of refused) say(`refused ${line}`);
        const rate = Math.round(count / Math.max(0.001, seconds));
        say(`${done}, ${refused.length} refused in ${seconds.toFixed(1)} s (${rate}/s)`);
        if (refused.length > 0) process.exitCode = 1;
      }),
    );
}
