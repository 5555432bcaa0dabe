import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendAnswer } from './append-execution.js';
import { executeAppend } from './append-execution.js';
import {
  badRequestStatus,
  failureStatus,
  maximumAppendSizeStatus,
  streamDeletedStatus,
  timeoutStatus,
  wrongExpectedVersionStatus,
} from './batch-status.js';
import type { ExpectedRevision } from './expected-revision.js';
import { ANY, NO_STREAM, STREAM_EXISTS } from './expected-revision.js';
import { identifierOf, idOf, streamNameOf } from './identifiers.js';
import type { ServerNode } from './node.js';
import { proposedEventOf, sizeOnDisk } from './proposed-message.js';
import { shared, streams } from './protocol.js';
import { RpcError, unknownError } from './rpc-errors.js';
import type { ProposedEvent } from './stored-event.js';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
interface PendingBatch {
  readonly correlationId: UUID | undefined;
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ProposedEvent[];
  bytes: number;
}

/** Streams.BatchAppend: many appends over one call, told apart by correlation id and answered in any order. */
export function batchAppendHandler(node: ServerNode): (call: Call) => void {
  return (call) => {
    node.activity.batchAppendCalls += 1;
    const worker = new BatchAppendWorker(node, call);
    call.on('data', (request: BatchAppendReq) => worker.receive(request));
    call.on('end', () => worker.finish());
    call.on('cancelled', () => worker.abandon());
    call.on('error', () => worker.abandon());
  };
}

class BatchAppendWorker {
  readonly #pending = new Map<string, PendingBatch>();
  readonly #node: ServerNode;
  readonly #call: Call;
  #running = 0;
  #isClosing = false;
  #isOver = false;

  constructor(node: ServerNode, call: Call) {
    this.#node = node;
    this.#call = call;
  }

  receive(request: BatchAppendReq): void {
    const id = idOf(request.getCorrelationId());
    try {
      const batch = this.#batchOf(request, id);
      if (batch === undefined) return;
      for (const message of request.getProposedMessagesList()) {
        const event = proposedEventOf(message);
        batch.bytes += sizeOnDisk(event);
        batch.events.push(event);
      }
      const max = this.#node.maxAppendSizeBytes;
      if (batch.bytes > max) this.#refuse(id, batch, maximumAppendSizeStatus(max));
      else if (request.getIsFinal()) this.#run(id, batch);
    } catch (error) {
      const stream = streamNameOf(request.getOptions()?.getStreamIdentifier());
      const batch = { correlationId: request.getCorrelationId(), stream };
      this.#refuse(id, batch, badRequestStatus(error instanceof Error ? error.message : String(error)));
    }
  }

  /** The client sends no more: the call ends when the last append is answered. */
  finish(): void {
    this.#isClosing = true;
    this.#endIfDone();
  }

  abandon(): void {
    this.#isOver = true;
    this.#pending.clear();
  }

  #batchOf(request: BatchAppendReq, id: string): PendingBatch | undefined {
    const options = request.getOptions();
    if (options === undefined) return this.#pending.get(id);
    const stream = streamNameOf(options.getStreamIdentifier());
    const expected = expectedOf(options);
    const batch = { correlationId: request.getCorrelationId(), stream, expected, events: [], bytes: 0 };
    const deadline = options.getDeadline()?.toDate().getTime();
    if (deadline !== undefined && deadline <= Date.now()) {
      this.#refuse(id, batch, timeoutStatus());
      return undefined;
    }
    this.#pending.set(id, batch);
    return batch;
  }

  #run(id: string, batch: PendingBatch): void {
    this.#pending.delete(id);
    this.#running += 1;
    void executeAppend(this.#node, batch)
      .then((answer) => this.#answer(batch, answer))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#running -= 1;
        this.#endIfDone();
      });
  }

  #answer(batch: PendingBatch, answer: AppendAnswer): void {
    switch (answer.kind) {
      case 'success':
        return this.#send(batch, successOf(answer.revision, answer.position));
      case 'wrong-expected-version':
        return this.#send(batch, errorOf(wrongExpectedVersionStatus(answer.currentRevision, batch.expected)));
      case 'stream-deleted':
        return this.#send(batch, errorOf(streamDeletedStatus(batch.stream)));
      case 'failure':
        return this.#send(batch, errorOf(failureStatus(answer.failure)));
    }
  }

  #refuse(id: string, batch: Pick<PendingBatch, 'correlationId' | 'stream'>, error: Status): void {
    this.#pending.delete(id);
    this.#send(batch, errorOf(error));
  }

  #send({ correlationId, stream }: Pick<PendingBatch, 'correlationId' | 'stream'>, response: BatchAppendResp): void {
    if (this.#isOver) return;
    this.#call.write(response.setCorrelationId(correlationId).setStreamIdentifier(identifierOf(stream)));
  }

  /** One failure ends the whole call, and with it every append that waits on it. */
  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#call.emit('error', error instanceof RpcError ? error : unknownError(String(error)));
  }

  #endIfDone(): void {
    if (!this.#isClosing || this.#isOver || this.#running > 0) return;
    this.#isOver = true;
    this.#call.end();
  }
}

function expectedOf(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return NO_STREAM;
  return options.hasAny() ? ANY : STREAM_EXISTS;
}

function errorOf(error: Status): BatchAppendResp {
  return new streams.BatchAppendResp().setError(error);
}

function successOf(revision: number, position: number | null): BatchAppendResp {
  const success = new streams.BatchAppendResp.Success();
  if (revision < 0) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  const offset = String(position);
  if (position === null) success.setNoPosition(new shared.Empty());
  else {
    success.setPosition(new shared.AllStreamPosition().setCommitPosition(offset).setPreparePosition(offset));
  }
  return new streams.BatchAppendResp().setSuccess(success);
}
