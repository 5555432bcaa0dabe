import type { ServerNode } from './node.js';
import { messagesOf } from './finite-read.js';
import type { ReadCall } from './read-call.js';
import { writable } from './read-call.js';
import type { ReadMessage } from './read-messages.js';
import { readRequestOf } from './read-request.js';
import { notLeader, RpcError, unknownError } from './rpc-errors.js';
import { Subscription } from './subscription.js';

/** Streams.Read: pages of a stream or of $all, and subscriptions to either. */
export function readHandler(node: ServerNode): (call: ReadCall) => void {
  return (call) => {
    void serve(node, call).catch((error: unknown) => {
      if (!call.cancelled) call.emit('error', error instanceof RpcError ? error : unknownError(String(error)));
    });
  };
}

async function serve(node: ServerNode, call: ReadCall): Promise<void> {
  const request = readRequestOf(call.request);
  const isSubscription = request.count === undefined;
  if (isSubscription) node.activity.subscriptionsStarted += 1;
  else node.activity.reads += 1;
  const leader = node.faults.takeNotLeader(node.endpoint);
  if (leader !== undefined) throw notLeader(leader);
  const pause = node.faults.pause(isSubscription ? 'subscription' : 'read');
  if (pause !== undefined) await pause;
  if (isSubscription) return new Subscription(node, call, request).run();
  await sendAll(call, messagesOf(node.log, request));
  if (!call.cancelled) call.end();
}

async function sendAll(call: ReadCall, messages: Iterable<ReadMessage>): Promise<void> {
  for (const message of messages) {
    if (call.cancelled) return;
    if (!call.write(message)) await writable(call);
  }
}
