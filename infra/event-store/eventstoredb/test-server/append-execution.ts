import type { AppendOutcome, AppendRequest } from './event-log.js';
import type { AppendFailure } from './faults.js';
import type { ServerNode } from './node.js';
import { notLeader, unavailable } from './rpc-errors.js';

/** What an append comes to: the log's outcome, or a refusal that the two append calls word differently. */
export type AppendAnswer = AppendOutcome | { readonly kind: 'failure'; readonly failure: NodeFailure };
export type NodeFailure = Exclude<AppendFailure, 'unavailable'>;

/** Runs one append through the faults that are planned. Throws an RpcError where the call itself ends. */
export async function executeAppend(node: ServerNode, request: AppendRequest): Promise<AppendAnswer> {
  const { faults, log } = node;
  node.activity.appends += 1;
  if (faults.takeNotLeader()) throw notLeader(node.endpoint);
  const before = faults.pause('append-before-commit');
  if (before !== undefined) await before;
  const failure = faults.takeFailure();
  if (failure === 'unavailable') throw unavailable('The node is going away');
  if (failure !== undefined) return { kind: 'failure', failure };
  const outcome = log.append(request);
  const after = faults.pause('append-after-commit');
  if (after !== undefined) await after;
  if (outcome.kind !== 'success') return outcome;
  const lost = faults.takeLostReply();
  if (lost === 'disconnect') node.disconnect();
  if (lost === 'unavailable' || lost === 'disconnect') throw unavailable('The connection was lost');
  return lost === undefined ? outcome : { kind: 'failure', failure: lost };
}
