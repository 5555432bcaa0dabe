import type { EventStoreDBClient } from '@eventstore/db-client';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { decodeAnswer, withId, type AppendAnswer } from './batch-append-messages.js';
import { CallTimeoutError, isNotLeader, isTooLarge, messageOf, NotSentError } from './errors.js';

type Duplex = ClientDuplexStream<Buffer, AppendAnswer>;

const PATH = '/event_store.client.streams.Streams/BatchAppend';

/** Larger ones have a call of their own, which they may end, as a message may not be of any size. */
const MOST_SHARED_BYTES = 256 * 1024;

const asIs = (bytes: Buffer): Buffer => bytes;

export interface Sending {
  /** By itself, where a shared call has failed before: whatever is wrong with it is then wrong with this one alone. */
  readonly alone: boolean;
  /** Until no answer is waited for any more. */
  readonly milliseconds: number;
}

/**
 * Appends over one call of BatchAppend, any number of them at once, each with an answer of its own. That of the driver is
 * not used: an error of its call rejects what other clients of the process have under way, and it waits for ever.
 */
export class BatchAppends {
  /** By the driver's connection, which it changes where a node is lost or does not lead. */
  readonly #shared = new WeakMap<StreamsClient, Duplex>();
  readonly #calls = new WeakMap<Duplex, AppendCall>();
  #latest: Duplex | null = null;

  constructor(private readonly client: EventStoreDBClient) {}

  /**
   * Answers the position of the batch's last event.
   * @param append of `encodeAppend`
   * @throws AppendError the server's answer; CallTimeoutError; the driver's errors
   */
  async send(append: Uint8Array, { alone, milliseconds }: Sending): Promise<string> {
    const isAlone = alone || append.length > MOST_SHARED_BYTES;
    const duplex = await this.#open(isAlone);
    const sent = this.#calls.get(duplex)?.send(append, milliseconds);
    if (sent === undefined) throw new Error('the driver has given another call');
    if (isAlone) duplex.end();
    else if (duplex !== this.#latest) {
      // The one before is on a connection that the driver has left: what is under way there is still answered.
      this.#latest?.end();
      this.#latest = duplex;
    }
    return sent;
  }

  #open(isAlone: boolean): Promise<Duplex> {
    const create = this.client['GRPCStreamCreator']<StreamsClient, Duplex>(
      streamServices.StreamsClient,
      'appendToStream',
      (streams) => this.#begin(streams),
      isAlone ? undefined : this.#shared,
    );
    return create();
  }

  #begin(streams: StreamsClient): Duplex {
    const [metadata, options] = this.client['callArguments']({ requiresLeader: true }, { deadline: Infinity });
    const duplex = streams.makeBidiStreamRequest(PATH, asIs, decodeAnswer, metadata, options);
    const onEnd = (): void => {
      if (this.#shared.get(streams) === duplex) this.#shared.delete(streams);
    };
    this.#calls.set(duplex, new AppendCall(duplex, onEnd));
    return duplex;
  }
}

interface Pending {
  readonly resolve: (position: string) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

class AppendCall {
  readonly #pending = new Map<number, Pending>();
  #count = 0;
  #isOver = false;

  constructor(
    private readonly duplex: Duplex,
    private readonly onEnd: () => void,
  ) {
    duplex.on('data', (answer: AppendAnswer) => this.#answered(answer));
    duplex.on('error', (error) => this.#ended(error));
    duplex.on('end', () => this.#ended(new Error('the server ended the call')));
  }

  send(append: Uint8Array, milliseconds: number): Promise<string> {
    if (this.#isOver) return Promise.reject(new NotSentError('the call has just ended'));
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new CallTimeoutError(milliseconds));
        // A server answers within two seconds, if only that it took longer: this one is silent.
        this.duplex.cancel();
      }, milliseconds);
      this.#pending.set(id, { resolve, reject, timer });
      this.duplex.write(withId(id, append));
    });
  }

  #answered({ id, result }: AppendAnswer): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    if (typeof result === 'string') pending.resolve(result);
    else pending.reject(result);
  }

  #ended(error: unknown): void {
    this.#isOver = true;
    this.onEnd();
    this.duplex.end();
    // One of them was refused; the others may have been carried out.
    const concernsOne = this.#pending.size > 1 && (isNotLeader(error) || isTooLarge(error));
    const told = concernsOne ? new Error(`the call of several appends ended: ${messageOf(error)}`) : error;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(told);
    }
    this.#pending.clear();
  }
}
