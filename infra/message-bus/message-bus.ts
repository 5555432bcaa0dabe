/** What is published: a fact, named by its subject. */
export interface BusMessage {
  /** Unique; the bus may leave out a message whose id it has stored a short while ago, and consumers have to. */
  readonly id: string;
  /** Words joined by dots, from the general to the special: `cartwright.order.confirmed`. */
  readonly subject: string;
  /** JSON. */
  readonly body: string;
}

export interface Delivery {
  readonly message: BusMessage;
  /** 1 for the first time that this consumer gets the message. */
  readonly attempt: number;
}

/** Resolves once what follows from the message is stored; a throw has it delivered again. */
export type DeliveryHandler = (delivery: Delivery) => Promise<void>;

export interface ConsumeOptions {
  /** Letters, digits, `_` and `-`. Consumers of one name share the work, also between processes. */
  readonly durable: string;
  /** What it gets: `*` stands for any word, `>` at the end for any words. */
  readonly subjects: readonly string[];
  /** How often a message is tried before it is parked. */
  readonly maxDeliver: number;
  /** A handler that takes longer has failed. */
  readonly ackWaitMs: number;
  /** Pauses after the first, the second, ... failure of a message; the last one counts for all that follow. */
  readonly backOffMs: readonly number[];
  /** Messages under way at once; with 1, the default, they come in the order in which they were published. */
  readonly maxInFlight?: number;
}

/** A consumer at work. */
export interface Consumption {
  /** Resolves when no handler is under way and none will be called. */
  close(): Promise<void>;
}

/** At least once: what was published reaches every durable consumer of its subject, or is parked for it. */
export interface MessageBus {
  /**
   * Publishes in this order; resolves when the bus has all of them in keeping. After an error some may be there:
   * publishing them again, in the same order, is harmless.
   * @throws BusUnavailableError the bus cannot be reached or cannot store now; try again
   * @throws MessageRefusedError the bus will never take this message; those before it are stored
   */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /** Goes on through lost connections and restarts of the bus by itself. Resolves at once, also while the bus is away. */
  consume(options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumption>;
  /** @throws BusUnavailableError */
  ping(): Promise<void>;
  /** Closes its consumers too. */
  close(): Promise<void>;
}
