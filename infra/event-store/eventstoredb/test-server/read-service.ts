import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerNode } from './node.js';
import type { ReadMessage } from './read-messages.js';
import { eventMessage, streamNotFoundMessage } from './read-messages.js';
import type { AllRequest, ReadRequest, StreamRequest } from './read-request.js';
import { readRequestOf } from './read-request.js';
import { at, isBefore } from './position.js';
import { assertReadable } from './read-position.js';
import { notLeader, RpcError, streamDeleted, unknownError } from './rpc-errors.js';
import type { StoredEvent } from './stored-event.js';
import { Subscription } from './subscription.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadMessage>;

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
  if (node.faults.takeNotLeader()) throw notLeader(node.endpoint);
  const pause = node.faults.pause(isSubscription ? 'subscription' : 'read');
  if (pause !== undefined) await pause;
  if (isSubscription) return new Subscription(node, call, request).run();
  await sendAll(call, messagesOf(node, request));
  if (!call.cancelled) call.end();
}

function messagesOf(node: ServerNode, request: ReadRequest): Iterable<ReadMessage> {
  return request.kind === 'stream' ? streamMessages(node, request) : allMessages(node, request);
}

async function sendAll(call: ReadCall, messages: Iterable<ReadMessage>): Promise<void> {
  for (const message of messages) {
    if (call.cancelled) return;
    if (!call.write(message)) await writable(call);
  }
}

/** Resolves when the client took what was written, or is gone, or the call is given up. */
export function writable(call: ReadCall, over?: AbortSignal): Promise<void> {
  if (!call.writableNeedDrain || call.cancelled || over?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      call.off('drain', done);
      call.off('cancelled', done);
      over?.removeEventListener('abort', done);
      resolve();
    };
    call.on('drain', done);
    call.on('cancelled', done);
    over?.addEventListener('abort', done);
  });
}

function* streamMessages({ log }: ServerNode, request: StreamRequest): Generator<ReadMessage> {
  const state = log.stream(request.stream);
  if (state?.isTombstoned) throw streamDeleted(request.stream);
  if (state === undefined || state.events.length === 0 || state.isSoftDeleted) {
    yield streamNotFoundMessage(request.stream);
    return;
  }
  const last = state.currentRevision;
  const first = state.firstVisible;
  const step = request.backwards ? -1 : 1;
  const begin = request.backwards ? Math.min(request.revision, last) : Math.max(request.revision, first);
  let revision = request.backwards && request.revision < 0 ? 0 : begin;
  for (let left = request.count ?? 0; left > 0 && revision >= first && revision <= last; left -= 1) {
    const event = state.events[revision];
    if (event !== undefined) yield eventMessage(event, request.structuredIds);
    revision += step;
  }
}

function* allMessages(node: ServerNode, request: AllRequest): Generator<ReadMessage> {
  assertReadable(node.log, request.position);
  let left = request.count ?? 0;
  for (const event of eventsFrom(node, request)) {
    if (left === 0) return;
    if (request.filter !== undefined && !request.filter.allows(event)) continue;
    left -= 1;
    yield eventMessage(event, request.structuredIds);
  }
}

/** Forwards the position is inclusive, backwards exclusive. A read ends at the head that it found when it began. */
function* eventsFrom({ log }: ServerNode, { position, backwards }: AllRequest): Generator<StoredEvent> {
  const { all } = log;
  const head = all.length;
  let index = log.indexFrom(position.commit);
  const found = all[index];
  if (found !== undefined && isBefore(at(found.position), position)) index += 1;
  if (backwards) index -= 1;
  for (const step = backwards ? -1 : 1; index >= 0 && index < head; index += step) {
    const event = all[index];
    if (event !== undefined) yield event;
  }
}
