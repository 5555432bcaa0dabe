import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  EventStoreDBClient,
  Filter,
  Position as DriverPosition,
} from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';
import { BEGINNING, fromPosition, toPosition } from './positions.js';

const PAGE = 512;

export interface FilteredReadOptions {
  /** Exclusive. */
  readonly from: string;
  readonly filter: Filter;
  /** Milliseconds that the server may be silent while it is waited for. */
  readonly patience: number;
}

export interface FilteredPage {
  readonly resolved: readonly AllStreamResolvedEvent[];
  /** Where to go on from; everything up to here was looked at. */
  readonly next: string;
  readonly isLast: boolean;
}

/**
 * A read of the log that the server filters. The driver has filters for subscriptions alone, so this is one that ends
 * where it has caught up. After an error it is of no more use; it is to be closed in any case.
 */
export class FilteredRead {
  readonly #subscription: AllStreamSubscription;
  #waiting: AllStreamResolvedEvent[] = [];
  #next: string;
  #hasCaughtUp = false;
  #isComplete = false;
  #error: { readonly cause: unknown } | null = null;
  #awake: () => void = () => {};

  constructor(
    client: EventStoreDBClient,
    private readonly options: FilteredReadOptions,
  ) {
    this.#next = options.from;
    const checkpointReached = (_: unknown, position: DriverPosition): void => this.#checkpoint(toPosition(position));
    const fromPosition = startOf(options.from);
    const filter: Filter = { ...options.filter, checkpointReached };
    this.#subscription = client.subscribeToAll({ fromPosition, filter, requiresLeader: true });
    this.#subscription.on('data', (resolved: AllStreamResolvedEvent) => this.#take(resolved));
    this.#subscription.on('caughtUp', () => this.#caughtUp());
    this.#subscription.on('error', (cause) => this.#fail(cause));
    this.#subscription.on('end', () => this.#fail(new Error('the server ended the read')));
  }

  async page(): Promise<FilteredPage> {
    while (this.#waiting.length < PAGE && !this.#isComplete) {
      if (this.#error !== null) throw this.#error.cause;
      await this.#more();
    }
    const resolved = this.#waiting;
    this.#waiting = [];
    this.#subscription.resume();
    const last = resolved.at(-1)?.event?.position;
    if (last !== undefined && toPosition(last) > this.#next) this.#next = toPosition(last);
    return { resolved, next: this.#next, isLast: this.#isComplete };
  }

  close(): void {
    this.#isComplete = true;
    this.#subscription.unsubscribe().catch(() => undefined);
  }

  #take(resolved: AllStreamResolvedEvent): void {
    if (this.#isComplete) return;
    this.#waiting.push(resolved);
    if (this.#hasCaughtUp) this.#caughtUp();
    if (this.#waiting.length < PAGE && !this.#isComplete) return;
    this.#subscription.pause();
    this.#awake();
  }

  /** Says nothing about events that it has overtaken, in the driver's buffer or here. */
  #checkpoint(position: string): void {
    const isAlone = this.#subscription.readableLength === 0 && this.#waiting.length === 0;
    if (isAlone && position > this.#next) this.#next = position;
    this.#awake();
  }

  /** The signal overtakes events as well: it counts when they are all here. */
  #caughtUp(): void {
    this.#hasCaughtUp = true;
    if (this.#isComplete || this.#subscription.readableLength > 0) return;
    this.close();
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

const startOf = (from: string) => (from === BEGINNING ? 'start' : fromPosition(from));
