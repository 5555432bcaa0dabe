import type { EventStoreDBClient } from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';
import { ReadCall } from './read-call.js';
import { encodeSubscription, type ReadEvent, type ReadMessage, type ServerFilter } from './read-messages.js';

const PAGE = 512;

export interface FilteredReadOptions {
  /** Exclusive. */
  readonly from: string;
  readonly filter: ServerFilter;
  /** Milliseconds that the server may be silent while it is waited for. */
  readonly patience: number;
}

export interface FilteredPage {
  readonly events: readonly ReadEvent[];
  /** Where to go on from; everything up to here was looked at. */
  readonly next: string;
  readonly isLast: boolean;
}

/**
 * A read of the log that the server filters. The protocol has filters for subscriptions alone, so this is one that ends
 * where it has caught up. After an error it is of no more use; it is to be closed in any case.
 */
export class FilteredRead {
  readonly #call: ReadCall;
  #waiting: ReadEvent[] = [];
  #next: string;
  #isComplete = false;
  #error: { readonly cause: unknown } | null = null;
  #awake: () => void = () => {};

  constructor(
    client: EventStoreDBClient,
    private readonly options: FilteredReadOptions,
  ) {
    this.#next = options.from;
    this.#call = new ReadCall(client, encodeSubscription(options.from, options.filter), {
      onMessage: (message) => this.#take(message),
      onEnd: (error = new Error('the server ended the read')) => this.#fail(error),
    });
  }

  async page(): Promise<FilteredPage> {
    while (this.#waiting.length < PAGE && !this.#isComplete) {
      if (this.#error !== null) throw this.#error.cause;
      await this.#more();
    }
    const events = this.#waiting;
    this.#waiting = [];
    this.#call.resume();
    const last = events.at(-1)?.position;
    if (last !== undefined && last > this.#next) this.#next = last;
    return { events, next: this.#next, isLast: this.#isComplete };
  }

  close(): void {
    this.#isComplete = true;
    this.#call.cancel();
  }

  #take(message: ReadMessage): void {
    if (message.kind === 'event') {
      this.#waiting.push(message);
      if (this.#waiting.length < PAGE) return;
      this.#call.pause();
    } else if (message.kind === 'checkpoint') {
      // It says nothing about events that still wait here.
      if (this.#waiting.length === 0 && message.position > this.#next) this.#next = message.position;
    } else if (message.kind === 'caught up') this.close();
    this.#awake();
  }

  #fail(cause: unknown): void {
    this.#error ??= { cause };
    this.#awake();
  }

  #more(): Promise<void> {
    const { patience } = this.options;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#fail(new CallTimeoutError(patience)), patience);
      this.#awake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
