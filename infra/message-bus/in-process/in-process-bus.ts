import { BusUnavailableError } from '../errors.js';
import type { BusMessage, ConsumeOptions, Consumption, DeliveryHandler, MessageBus } from '../message-bus.js';
import type { ParkedMessages } from '../parked-messages.js';
import { DurableConsumer } from './durable-consumer.js';

/**
 * The bus of the embedded default, which stores nothing. `publish` resolves when all present consumers have handled or parked the
 * messages, so a publisher with a cursor publishes again what a crash interrupted. A message without a consumer is lost to the bus,
 * but it is in the log.
 */
export function openInProcessBus(parked: ParkedMessages): MessageBus {
  return new InProcessBus(parked);
}

class InProcessBus implements MessageBus {
  readonly #consumers = new Map<string, DurableConsumer>();
  #closed = false;

  constructor(private readonly parked: ParkedMessages) {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    await this.ping();
    const ends = await Promise.allSettled([...this.#consumers.values()].map((consumer) => consumer.take(messages)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async consume(options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumption> {
    await this.ping();
    const { durable } = options;
    if (this.#consumers.has(durable)) throw new Error(`there is a consumer ${durable} already`);
    const consumer = new DurableConsumer({ options, handler, parked: this.parked });
    this.#consumers.set(durable, consumer);
    return {
      close: async () => {
        if (this.#consumers.get(durable) === consumer) this.#consumers.delete(durable);
        await consumer.close();
      },
    };
  }

  async ping(): Promise<void> {
    if (this.#closed) throw new BusUnavailableError('the bus is closed');
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#consumers.values()].map((consumer) => consumer.close()));
    this.#consumers.clear();
  }
}
