import { readFileSync } from 'node:fs';
import { readChainedOrder, verifyOrder } from '../../../read-api/order/chained-order.js';
import { orderIdOf } from '../../../write-side/shared/write-scope.js';
import { openLogChain } from '../../app/adapters.js';
import type { ChainedStream, LogChain, Verification } from '../../event-store/index.js';
import { CliError } from '../cli-error.js';
import { existingInstallation, type Variables } from '../model-access.js';
import { showProgress, type Progress } from '../progress.js';
import type { Say } from '../rebuild.js';
import { proofOf, verifyProof } from './order-proof.js';

export interface VerifyOptions {
  readonly all?: boolean;
  readonly head?: string;
}

/**
 * Verifies an order, or the whole log, and tells each fault.
 * @throws CliError there is no such order, or the options do not go together
 */
export async function verify(
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

/** Writes all events of an order with their hashes. @throws CliError there is no such order */
export const writeProof = (variables: Variables, order: string, say: Say): Promise<void> =>
  withOrder(variables, order, (streams, orderId) => say(JSON.stringify(proofOf(orderId, streams))));

/** Verifies what `writeProof` wrote. @throws CliError it cannot be read, or is no proof */
export function verifyFile(file: string, head: string | undefined, say: Say): void {
  const { orderId, ...verified } = verifyProof(textOf(file));
  tell(`order ${orderId}`, head === undefined ? verified : againstHead(verified, head), say);
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
