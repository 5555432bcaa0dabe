import type { Position } from '../shared/position.js';
import type { RecordedEvent, Subscription } from '../event-store/index.js';
import type { LeasedWorker } from '../lease/index.js';
import type { BusMessage } from '../message-bus/index.js';
import { integrationEventOf, SUBJECT_ROOT } from '../integration-events/index.js';
import { Outbound, type OutboundOptions } from './outbound.js';
import { RelayCursor, type CursorStores } from './relay-cursor.js';

/** `eventStore`: with what is personal left sealed, as nothing of it goes out. */
export type RelayOptions = CursorStores &
  OutboundOptions & {
    /** First word of the subjects, where another than that of the events' types is wanted. */
    readonly root?: string;
  };

/** Messages that are published at once. */
const BATCH = 256;

/**
 * Publishes the integration events of the log, in its order, from where the last relay has come to. Its place is stored
 * when it is attended to, twice a second: what a crash leaves unstored is published again.
 * @throws StoreRefusedError as `RelayCursor.open`
 */
export async function startRelay(options: RelayOptions): Promise<LeasedWorker> {
  const cursor = new RelayCursor(options);
  const relay = new Relay(options, cursor);
  relay.start(await cursor.open());
  return relay;
}

class Relay implements LeasedWorker {
  readonly #outbound: Outbound;
  readonly #root: string;
  #subscription: Subscription | null = null;
  /** Everything up to here is published. */
  #reached: Position | null = null;
  #isStopped = false;
  #failure: unknown = null;

  constructor(
    private readonly options: RelayOptions,
    private readonly cursor: RelayCursor,
  ) {
    this.#outbound = new Outbound(options);
    this.#root = options.root ?? SUBJECT_ROOT;
  }

  start(from: Position | null): void {
    this.#subscription = this.options.eventStore.subscribe(
      { from },
      {
        onEvents: (events, upTo) => this.#take(events, upTo),
        onError: (error) => this.#ended(error),
      },
    );
  }

  async heartbeat(): Promise<boolean> {
    if (this.#failure !== null) throw this.#failure;
    return this.#save();
  }

  async close(): Promise<void> {
    this.#isStopped = true;
    this.#outbound.stop();
    await this.#subscription?.close();
    await this.#save().catch((error: unknown) => {
      this.options.logger.warn({ err: error }, 'the relay could not store its place');
    });
  }

  async #take(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    let batch: BusMessage[] = [];
    for (const event of events) {
      const published = integrationEventOf(event);
      if (published === undefined) continue;
      batch.push({
        id: published.id,
        subject: this.#root + published.type.slice(SUBJECT_ROOT.length),
        body: JSON.stringify(published),
      });
      if (batch.length < BATCH) continue;
      await this.#outbound.publish(batch);
      this.#reached = event.position;
      batch = [];
    }
    if (batch.length > 0) await this.#outbound.publish(batch);
    this.#reached = upTo;
  }

  /** False: the cursor is another relay's, or at the beginning again. */
  async #save(): Promise<boolean> {
    if (!(await this.cursor.isOurs())) return false;
    return this.#reached === null || this.cursor.save(this.#reached);
  }

  #ended(error: unknown): void {
    if (!this.#isStopped) this.#failure = error;
  }
}
