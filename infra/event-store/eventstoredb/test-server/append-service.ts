import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendAnswer, NodeFailure } from './append-execution.js';
import { executeAppend } from './append-execution.js';
import type { ExpectedRevision } from './expected-revision.js';
import { ANY, NO_STREAM, STREAM_EXISTS } from './expected-revision.js';
import { streamNameOf } from './identifiers.js';
import type { ServerNode } from './node.js';
import { proposedEventOf, sizeOnDisk } from './proposed-message.js';
import { shared, streams } from './protocol.js';
import {
  accessDenied,
  invalidArgument,
  maximumAppendSizeExceeded,
  RpcError,
  streamDeleted,
  timedOut,
  unavailable,
  unknownError,
} from './rpc-errors.js';
import type { ProposedEvent } from './stored-event.js';

type Call = ServerReadableStream<AppendReq, AppendResp>;
interface Batch {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ProposedEvent[];
}

/** Streams.Append: one batch a call, the options first. */
export function appendHandler(node: ServerNode): (call: Call, answer: sendUnaryData<AppendResp>) => void {
  return (call, answer) => {
    void collect(call, node.maxAppendSizeBytes)
      .then(async (batch) => answerOf(await executeAppend(node, batch), batch))
      .then(
        (response) => answer(null, response),
        (error: unknown) => answer(error instanceof RpcError ? error : unknownError(String(error))),
      );
  };
}

async function collect(call: Call, maxBytes: number): Promise<Batch> {
  let batch: Batch | undefined;
  let bytes = 0;
  for await (const request of call as AsyncIterable<AppendReq>) {
    if (batch === undefined) {
      batch = optionsOf(request);
      continue;
    }
    const message = request.getProposedMessage();
    if (message === undefined) throw new RpcError(status.UNKNOWN, 'Exception was thrown by handler.');
    const event = proposedEventOf(message);
    bytes += sizeOnDisk(event);
    if (bytes > maxBytes) throw maximumAppendSizeExceeded(maxBytes);
    batch.events.push(event);
  }
  if (batch === undefined) throw new RpcError(status.UNKNOWN, 'Exception was thrown by handler.');
  // A connection that is cut looks like the end of the batch at first: a node never takes part of one.
  await new Promise((resolve) => setImmediate(resolve));
  if (call.cancelled) throw new RpcError(status.CANCELLED, 'The call was cancelled.');
  return batch;
}

function optionsOf(request: AppendReq): Batch {
  const options = request.getOptions();
  if (options === undefined) throw invalidArgument('The first message must carry the options.');
  const stream = streamNameOf(options.getStreamIdentifier());
  return { stream, expected: expectedOf(options), events: [] };
}

/** Options whose expected revision is said by one of four fields. */
interface ExpectedRevisionOptions {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasAny(): boolean;
}

function expectedOf(options: ExpectedRevisionOptions): ExpectedRevision {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return NO_STREAM;
  return options.hasAny() ? ANY : STREAM_EXISTS;
}

function answerOf(answer: AppendAnswer, { stream, expected }: Batch): AppendResp {
  switch (answer.kind) {
    case 'success':
      return new streams.AppendResp().setSuccess(successOf(answer.revision, answer.position));
    case 'wrong-expected-version':
      return new streams.AppendResp().setWrongExpectedVersion(wrongVersion(answer.currentRevision, expected));
    case 'stream-deleted':
      throw streamDeleted(stream);
    case 'failure':
      throw errorOf(answer.failure);
  }
}

function successOf(revision: number, position: number | null): AppendResp.Success {
  const success = new streams.AppendResp.Success();
  if (revision < 0) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === null) return success.setNoPosition(new shared.Empty());
  const offset = String(position);
  return success.setPosition(new streams.AppendResp.Position().setCommitPosition(offset).setPreparePosition(offset));
}

/** The node sets the fields of version 20.6.0 beside the newer ones. */
function wrongVersion(current: number, expected: ExpectedRevision): AppendResp.WrongExpectedVersion {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new shared.Empty()).setNoStream2060(new shared.Empty());
  else wrong.setCurrentRevision(String(current)).setCurrentRevision2060(current);
  if (expected === ANY) return wrong.setExpectedAny(new shared.Empty()).setAny2060(new shared.Empty());
  if (expected === STREAM_EXISTS) {
    return wrong.setExpectedStreamExists(new shared.Empty()).setStreamExists2060(new shared.Empty());
  }
  if (expected === NO_STREAM) return wrong.setExpectedNoStream(new shared.Empty());
  return wrong.setExpectedRevision(String(expected)).setExpectedRevision2060(expected);
}

function errorOf(failure: NodeFailure): RpcError {
  switch (failure) {
    case 'not-ready':
      return unavailable('Server Is Not Ready');
    case 'timeout':
      return timedOut();
    case 'access-denied':
      return accessDenied();
    case 'unknown':
      return unknownError('Unexpected OperationResult: Unknown');
  }
}
