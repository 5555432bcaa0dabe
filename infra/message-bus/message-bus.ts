/** A fact that is published under a subject. */
export interface BusMessage {
  /** Unique. Consumers drop messages whose id they have handled; the bus may do so for ids that it stored recently. */
  readonly id: string;
  /** Words joined by dots, from general to specific: `cartwright.order.confirmed`. */
  readonly subject: string;
  /** JSON. */
  readonly body: string;
}

export interface Delivery {
  readonly message: BusMessage;
  /** 1 for the first delivery to this consumer. */
  readonly attempt: number;
}

/** Handles a message. It resolves once the effects are stored; after an error the message is delivered again. */
export type DeliveryHandler = (delivery: Delivery) => Promise<void>;

export interface ConsumeOptions {
  /** Letters, digits, `_` and `-`. Consumers of one name share the work, also between processes. */
  readonly durable: string;
  /** The subjects that it consumes: `*` stands for any word, `>` at the end for any words. */
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

/** A running consumer. */
export interface Consumption {
  /** Resolves when no handler is under way and none will be called. */
  close(): Promise<void>;
}

/** Delivers each message at least once to every durable consumer of its subject, or parks it for that consumer. */
export interface MessageBus {
  /**
   * Publishes in this order; resolves when the bus has stored all messages. After an error some may be stored: publishing them again
   * in the same order is harmless.
   * @throws BusUnavailableError the bus cannot be reached or cannot store now; try again
   * @throws MessageRefusedError the bus will never take this message; those before it are stored
   */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /** Starts a consumer, which reconnects by itself. Resolves at once, also while the bus is away. */
  consume(options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumption>;
  /** @throws BusUnavailableError */
  ping(): Promise<void>;
  /** Closes its consumers too. */
  close(): Promise<void>;
}
