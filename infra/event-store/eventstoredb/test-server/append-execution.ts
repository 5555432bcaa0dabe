import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendOutcome, AppendRequest } from './event-log.js';
import type { AppendFailure } from './faults.js';
import type { ServerNode } from './node.js';
import { notLeader, unavailable } from './rpc-errors.js';

/** What an append comes to: the log's outcome, or a refusal that the two append calls word differently. */
export type AppendAnswer =
  | Exclude<AppendOutcome, { kind: 'dropped' }>
  | { readonly kind: 'failure'; readonly failure: NodeFailure };
export type NodeFailure = Exclude<AppendFailure, 'unavailable'>;

/** After this time a node says that a write has timed out, whatever becomes of it. */
const WRITE_TIMEOUT_MS = 2_000;

/** Runs one append through the faults that are planned. Throws an RpcError where the call itself ends. */
export async function executeAppend(node: ServerNode, request: AppendRequest): Promise<AppendAnswer> {
  const { faults, log } = node;
  node.activity.appends += 1;
  const leader = faults.takeNotLeader(node.endpoint);
  if (leader !== undefined) throw notLeader(leader);
  const before = faults.pause('append-before-commit');
  if (before !== undefined) await before;
  const failure = faults.takeFailure();
  if (failure === 'unavailable') throw unavailable('The node is going away');
  if (failure !== undefined) return { kind: 'failure', failure };
  const outcome = await inTime(log.append(request));
  const after = faults.pause('append-after-commit');
  if (after !== undefined) await after;
  if (outcome.kind !== 'success') return outcome;
  const lost = faults.takeLostReply();
  if (lost === 'disconnect') node.disconnect();
  if (lost === 'unavailable' || lost === 'disconnect') throw unavailable('The connection was lost');
  return lost === undefined ? outcome : { kind: 'failure', failure: lost };
}

/** An answer comes when what it is about can be read, and none comes for a repetition before that. */
async function inTime(outcome: AppendOutcome): Promise<AppendAnswer> {
  const timeout: AppendAnswer = { kind: 'failure', failure: 'timeout' };
  if (outcome.kind === 'dropped') return sleep(WRITE_TIMEOUT_MS, timeout);
  if (outcome.kind !== 'success' || outcome.readable === null) return outcome;
  return Promise.race([outcome.readable.then(() => outcome), sleep(WRITE_TIMEOUT_MS, timeout, { ref: false })]);
}
