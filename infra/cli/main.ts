import { Command } from 'commander';
import { ConfigError } from '../config/index.js';
import { StoreRefusedError } from '../shared/store-errors.js';
import { EngineAwayError, problemLine } from './api-client.js';
import { apiCommand, DEFAULT_URL, withClient, type ApiOptions } from './api-command.js';
import { addBackupCommand } from './backup.js';
import { CliError } from './cli-error.js';
import { addCopyCommands } from './copy-log/copy-commands.js';
import { addExportCommand } from './export/export-commands.js';
import { followEvents, type EventsOptions } from './follow-events.js';
import { addForgetCommand } from './forget.js';
import { addOrderCommands } from './order-commands.js';
import { addImportCommands } from './import-commands.js';
import { makePrivately } from '../app/boot/private-files.js';
import { printProjections } from './print-projections.js';
import { printReplay } from './print-replay.js';
import { addRebuildCommands, printParked } from './rebuild-commands.js';
import { addRelayCommands } from './relay-commands.js';
import { addRestoreCommands } from './restore-commands.js';
import { addReplayCommand } from './replay/replay-commands.js';
import { replayBaskets } from './replay-baskets.js';
import { mintToken, TOKEN_ROLES, type TokenOptions } from './token.js';
import { positive } from './whole-number.js';
import { addVerifyCommands } from './verify/verify-commands.js';
import { addWhatIfFileCommand } from './what-if/what-if-commands.js';
import { addWhatIfCommand } from './what-if-promotion-command.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What serves requests takes longer to load than most commands take, so that it is loaded by those alone that need it. */
function addEngineCommands(program: Command): void {
  program
    .command('start')
    .description('run the engine; the environment variables of the README configure it')
    .action(async () => {
      const { runEngine } = await import('../app/boot/run-engine.js');
      await runEngine(process.env);
    });
  program
    .command('token')
    .description('print a token for the running configuration (same DATA_DIR, AUTH_SECRET)')
    .requiredOption('--role <role>', `one of ${TOKEN_ROLES.join(', ')}`)
    .option('--sub <subject>', 'whom the token is for', 'cli')
    .option('--ttl <seconds>', 'how long it is valid', positive, 24 * 3600)
    .option('--group <group...>', 'groups of customers that they are of')
    .action(async (options: TokenOptions) => say(await mintToken(process.env, options)));
  program
    .command('doctor')
    .description('check the environment and the data directory without changing them')
    .action(async () => {
      const { doctor } = await import('./doctor/doctor.js');
      const findings = await doctor(process.env);
      for (const { ok, line } of findings) say(`${ok ? 'ok  ' : 'FAIL'} ${line}`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

function addReplay(program: Command): void {
  apiCommand(program, {
    name: 'replay-baskets',
    description: 'buy baskets as shoppers would, then reconcile the sales report with the file',
    role: 'admin',
  })
    .argument('<file>', 'one basket a line, JSON in UTF-8, gzipped or not; a regular file')
    .option('--concurrency <n>', 'shoppers at once', positive, 32)
    .option('--currency <code>', 'currency of the carts', 'USD')
    .option('--catalog <file>', 'products with their list prices (default: products.ndjson.gz beside the baskets)')
    .option('--limit <n>', 'only the first n baskets', positive)
    .action((file: string, options: ApiOptions & { currency: string; catalog?: string; limit?: number }) =>
      withClient(options, async (client) => {
        const result = await replayBaskets(client, file, options);
        printReplay(result, say);
        if (result.refused.length > 0 || result.differences.length > 0) process.exitCode = 1;
      }),
    );
}

function addProjections(program: Command): void {
  program
    .command('projections')
    .description('list the read models with position, lag and parked keys')
    .option('--url <url>', 'where the engine answers', DEFAULT_URL)
    .option('--token <token>', 'a token of role admin (see: token)')
    .option('--parked', 'list the parked keys instead, from the data directory (DATA_DIR)')
    .action(async ({ url, token, parked = false }: { url: string; token?: string; parked?: boolean }) => {
      if (parked) return printParked(say);
      if (token === undefined) throw new CliError('--token is needed (see: token)');
      await withClient({ url, concurrency: 1 }, async (client) => {
        const answer = await client.call({ method: 'GET', path: '/v1/projections', token });
        if (answer.status !== 200) throw new CliError(problemLine(answer));
        printProjections(answer.body, say);
      });
    });
}

function addEvents(program: Command): void {
  program
    .command('events')
    .description('write the log to standard output, one event a line, JSON')
    .option('--url <url>', 'where the engine answers', DEFAULT_URL)
    .requiredOption('--token <token>', 'a token of role analyst or admin (see: token)')
    .option('--from <position>', 'go on after this position')
    .option('--stream <name>', 'only this stream, such as order-…')
    .option('--category <name>', 'only streams of this category, such as order')
    .option('--type <type>', 'only this type, such as order.confirmed.v1')
    .option('--correlation-id <id>', 'only what this request set off')
    .option('--actor <name>', 'only what this actor did, such as saga:checkout')
    .option('--since <time>', 'recorded at this RFC 3339 time or later')
    .option('--until <time>', 'recorded before this time; following ends then')
    .option('--fields <names>', 'only these members of a line, such as position,type,at')
    .option('--follow', 'go on with what is recorded later')
    .action((options: EventsOptions) => followEvents(options, process.stdout));
}

function explain(error: unknown): void {
  const told = [CliError, EngineAwayError, ConfigError, StoreRefusedError].some((kind) => error instanceof kind);
  const text = error instanceof Error ? (told ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

makePrivately();
const program = new Command('cartwright').description('The Cartwright commerce engine').showHelpAfterError();
addEngineCommands(program);
addImportCommands(program, say);
addReplay(program);
addProjections(program);
addEvents(program);
addOrderCommands(program, say);
addRebuildCommands(program, say);
addCopyCommands(program, say);
addRelayCommands(program, say);
addBackupCommand(program, say);
addRestoreCommands(program, say);
addForgetCommand(program, say);
addVerifyCommands(program, say);
addWhatIfCommand(program, say);
addExportCommand(program, say);
addWhatIfFileCommand(program, say);
addReplayCommand(program);
await program.parseAsync().catch(explain);
