import type { JetStreamClient } from 'nats';
import { MessageRefusedError } from '../errors.js';
import type { BusMessage, ConsumeOptions, Consumption, DeliveryHandler, MessageBus } from '../message-bus.js';
import type { ParkedMessages } from '../parked-messages.js';
import { isOutOfTurn, isUnanswered, toBusError } from './nats-errors.js';
import { NatsConsumption } from './nats-consumption.js';
import { NatsLink } from './nats-link.js';
import { streamName } from './nats-stream.js';

export interface NatsBusOptions {
  /** The URL, see `parseNatsUrl`. */
  readonly url: string;
  readonly parked: ParkedMessages;
  /** Called once each time that the bus is lost or cannot be reached, and with null when it is back. */
  readonly onTrouble?: (error: Error | null) => void;
  /** First word of all subjects, and in capitals the name of the stream; default `cartwright`. */
  readonly root?: string;
}

/**
 * Opens the bus on NATS JetStream. It returns at once and connects by itself, so that an engine starts, and sells, without its bus.
 * @throws TypeError the URL is malformed
 */
export function openNatsBus({ url, parked, onTrouble = () => {}, root = 'cartwright' }: NatsBusOptions): MessageBus {
  return new NatsBus(new NatsLink({ url, root, onTrouble }), streamName(root), parked);
}

class NatsBus implements MessageBus {
  readonly #consumptions = new Set<Consumption>();

  constructor(
    private readonly link: NatsLink,
    private readonly stream: string,
    private readonly parked: ParkedMessages,
  ) {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    const { js } = await this.link.session();
    for (let from = 0; from < messages.length;) {
      const left = messages.slice(from);
      const { stored, error } = await publishInTurn(js, left);
      from += stored;
      if (error === undefined) return;
      // The messages before it had been stored by an earlier call, so the last one of the stream was not the expected one.
      if (stored > 0 && isOutOfTurn(error)) continue;
      if (isUnanswered(error)) this.link.forgetStream();
      const mapped = toBusError(error, left[stored]);
      if (!(mapped instanceof MessageRefusedError)) this.link.trouble(mapped);
      throw mapped;
    }
  }

  async consume(options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumption> {
    const { link, stream, parked } = this;
    const consumption = new NatsConsumption({ link, stream, options, handler, parked });
    this.#consumptions.add(consumption);
    return {
      close: async () => {
        this.#consumptions.delete(consumption);
        await consumption.close();
      },
    };
  }

  async ping(): Promise<void> {
    const { jsm } = await this.link.session();
    await jsm.streams.info(this.stream).catch((error: unknown) => {
      this.link.forgetStream();
      throw toBusError(error);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumptions].map((consumption) => consumption.close()));
    await this.link.close();
  }
}

interface Published {
  /** The number of messages from the first that are stored. */
  readonly stored: number;
  /** The error of the message after them. */
  readonly error?: unknown;
}

/** Sends all messages at once. The server stores each only right after the one before it, and refuses it where that one was lost. */
async function publishInTurn(js: JetStreamClient, messages: readonly BusMessage[]): Promise<Published> {
  const results = await Promise.allSettled(
    messages.map(({ id, subject, body }, index) => {
      const before = messages[index - 1]?.id;
      return js.publish(subject, body, { msgID: id, ...(before !== undefined && { expect: { lastMsgID: before } }) });
    }),
  );
  const stored = results.findIndex(({ status }) => status === 'rejected');
  const failed = results[stored];
  return failed?.status === 'rejected' ? { stored, error: failed.reason } : { stored: messages.length };
}
