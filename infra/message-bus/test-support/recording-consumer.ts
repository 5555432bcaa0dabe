import type { BusMessage, ConsumeOptions, Delivery } from '../message-bus.js';
import { until } from './until.js';

/** A handler that remembers what it got, and does what it is told with it. */
export class RecordingConsumer {
  readonly deliveries: Delivery[] = [];
  mostAtOnce = 0;
  #atOnce = 0;

  constructor(private readonly act: (delivery: Delivery) => Promise<void> = async () => {}) {}

  readonly handle = async (delivery: Delivery): Promise<void> => {
    this.deliveries.push(delivery);
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    try {
      await this.act(delivery);
    } finally {
      this.#atOnce -= 1;
    }
  };

  get ids(): readonly string[] {
    return this.deliveries.map(({ message }) => message.id);
  }

  async has(count: number): Promise<void> {
    await until(`${count} deliveries`, () => this.deliveries.length >= count);
  }
}

export const consuming = (durable: string, changes: Partial<ConsumeOptions> = {}): ConsumeOptions => ({
  durable,
  subjects: ['>'],
  maxDeliver: 3,
  ackWaitMs: 10_000,
  backOffMs: [20],
  ...changes,
});

let made = 0;

/** Messages on one subject, with ids of their own. */
export const messagesOn = (subject: string, count = 1): readonly BusMessage[] =>
  Array.from({ length: count }, () => {
    made += 1;
    return { id: `message-${process.pid}-${made}`, subject, body: JSON.stringify({ made }) };
  });
