import type { EventStoreDBClient } from '@eventstore/db-client';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import { decodeRead, type ReadMessage } from './read-messages.js';

export interface ReadListener {
  onMessage(message: ReadMessage): void;
  /** Called once, and not after `cancel`. @param error undefined where the server has sent all there was */
  onEnd(error?: unknown): void;
}

const PATH = '/event_store.client.streams.Streams/Read';

const asIs = (bytes: Buffer): Buffer => bytes;

/**
 * One call of Read, over the driver's connection: a part of the log, or a subscription to it. The driver's own is not used:
 * it parses each event twice, by way of the message that its package has for it.
 */
export class ReadCall {
  #stream: ClientReadableStream<ReadMessage> | null = null;
  #isOver = false;
  #isPaused = false;

  /** @param request of `read-messages.ts` */
  constructor(
    client: EventStoreDBClient,
    request: Buffer,
    private readonly listener: ReadListener,
  ) {
    const create = client['GRPCStreamCreator']<StreamsClient, ClientReadableStream<ReadMessage>>(
      streamServices.StreamsClient,
      'read',
      (streams) => {
        const [metadata, options] = client['callArguments']({ requiresLeader: true }, { deadline: Infinity });
        return this.#begin(streams.makeServerStreamRequest(PATH, asIs, decodeRead, request, metadata, options));
      },
    );
    create().catch((error: unknown) => this.#end(error));
  }

  pause(): void {
    this.#isPaused = true;
    this.#stream?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#stream?.resume();
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const stream = this.#stream;
    // grpc-js takes a cancellation badly in the middle of a message: https://github.com/grpc/grpc-node/issues/1652
    if (stream !== null) setImmediate(() => stream.cancel());
  }

  #begin(stream: ClientReadableStream<ReadMessage>): ClientReadableStream<ReadMessage> {
    this.#stream = stream;
    stream.on('data', (message: ReadMessage) => {
      if (!this.#isOver) this.listener.onMessage(message);
    });
    stream.on('error', (error) => this.#end(error));
    stream.on('end', () => this.#end());
    if (this.#isPaused) stream.pause();
    if (this.#isOver) setImmediate(() => stream.cancel());
    return stream;
  }

  #end(error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.listener.onEnd(error);
  }
}
