import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readChainedOrder, verifyOrder } from '../../../read-api/order/chained-order.js';
import { orderIdOf } from '../../../write-side/shared/write-scope.js';
import { openLogChain } from '../../app/adapters.js';
import type { ChainedStream, LogChain, Verification } from '../../event-store/index.js';
import { CliError } from '../cli-error.js';
import { existingInstallation, type Variables } from '../model-access.js';
import { showProgress, type Progress } from '../progress.js';
import type { Say } from '../rebuild.js';
import { proofOf, verifyProof } from './order-proof.js';

const NOTES = `
Works on the data directory (DATA_DIR), beside a running engine or without one, also on a log that no engine starts on. Exits
with 0 where every event is as it was recorded, else with 1; each fault is a line with stream and revision. Whoever changes the
file and makes all hashes anew is found by a head that was noted elsewhere: the last line of an earlier run has it.`;

interface VerifyOptions {
  readonly all?: boolean;
  readonly head?: string;
}

/** What shows that the log is as it was recorded. */
export function addVerifyCommands(program: Command, say: Say): void {
  program
    .command('verify')
    .description('compute the hashes of the log anew and name every event that was altered, removed, added or swapped')
    .argument('[order]', 'id or number of an order')
    .option('--all', 'every stream, and the chain over the whole log')
    .option('--head <hash>', 'with --all: the head of an earlier run, which has to come by')
    .addHelpText('after', NOTES)
    .action((order: string | undefined, options: VerifyOptions) => verify(process.env, { ...options, order }, say));
  program
    .command('proof')
    .description(
      'write all events of an order with their hashes, to be verified elsewhere; what is personal stays sealed',
    )
    .argument('<order>', 'id or number of an order')
    .action((order: string) =>
      withOrder(process.env, order, (streams, orderId) => say(JSON.stringify(proofOf(orderId, streams)))),
    );
  program
    .command('verify-proof')
    .description('verify what `proof` wrote; needs neither an engine nor its data')
    .argument('<file>', 'the file')
    .option('--head <hash>', 'the head of the order, as it was noted before')
    .action((file: string, { head }: { head?: string }) => {
      const { orderId, ...verified } = verifyProof(textOf(file));
      tell(`order ${orderId}`, head === undefined ? verified : againstHead(verified, head), say);
    });
}

async function verify(
  variables: Variables,
  { order, all = false, head }: VerifyOptions & { order?: string | undefined },
  say: Say,
): Promise<void> {
  if (all === (order !== undefined)) throw new CliError('name one order, or give --all');
  if (head !== undefined && !all) throw new CliError('--head goes with --all');
  if (order !== undefined)
    return withOrder(variables, order, (streams, orderId) => tell(`order ${orderId}`, verifyOrder(streams), say));
  await withChain(variables, async (chain) => tell('the log', await verifyLog(chain, head), say));
}

async function verifyLog(chain: LogChain, head: string | undefined): Promise<Verification> {
  let progress: Progress | undefined;
  let done = 0;
  const onVerified = (events: number, total: number): void => {
    progress ??= showProgress('events', { total });
    progress.done(events - done);
    done = events;
  };
  try {
    return await chain.verifyAll({ ...(head !== undefined && { head }), onVerified });
  } finally {
    progress?.stop();
  }
}

/** @throws CliError there is no such order */
function withOrder(
  variables: Variables,
  order: string,
  work: (streams: readonly ChainedStream[], orderId: string) => void,
): Promise<void> {
  return withChain(variables, async (chain, secret) => {
    // The id of an order follows from its number.
    for (const orderId of [order, orderIdOf(secret, order.toUpperCase())]) {
      const streams = await readChainedOrder(chain, orderId);
      if (streams !== null) return work(streams, orderId);
    }
    throw new CliError(`there is no order ${order}`);
  });
}

async function withChain(
  variables: Variables,
  work: (chain: LogChain, secret: Buffer) => Promise<void>,
): Promise<void> {
  const { eventStoreUrl, serverSecret } = existingInstallation(variables);
  const chain = openLogChain(eventStoreUrl);
  try {
    await work(chain, serverSecret);
  } finally {
    chain.close();
  }
}

/** An order whose hashes fit each other but not the head that was noted has been made anew as a whole. */
const againstHead = (verified: Verification, head: string): Verification =>
  verified.head === head.toLowerCase() ? verified : { ...verified, intact: false };

function tell(what: string, { intact, events, head, faults }: Verification, say: Say): void {
  for (const { fault, stream, revision, eventId } of faults)
    say(`${fault}: ${stream}, revision ${revision}${eventId === undefined ? '' : `, event ${eventId}`}`);
  say(`${what} is ${intact ? 'intact' : 'NOT as it was recorded'}: ${events} events, head ${head}`);
  if (!intact) process.exitCode = 1;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
