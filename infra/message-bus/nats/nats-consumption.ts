import { AckPolicy, DeliverPolicy, nanos, type ConsumerConfig, type JetStreamManager, type JsMsg } from 'nats';
import type { ConsumeOptions, Consumption, DeliveryHandler } from '../message-bus.js';
import type { ParkedMessages } from '../parked-messages.js';
import { pauseAfter, sleep } from '../../shared/back-off.js';
import { isConsumerMissing } from './nats-errors.js';
import type { NatsLink } from './nats-link.js';

export interface NatsConsumptionParts {
  readonly link: NatsLink;
  readonly stream: string;
  readonly options: ConsumeOptions;
  readonly handler: DeliveryHandler;
  readonly parked: ParkedMessages;
}

const MSG_ID = 'Nats-Msg-Id';
const RETRY_MS = 500;

/** Pulls from a durable consumer, and creates it again where the server has lost it. */
export class NatsConsumption implements Consumption {
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  #stop: () => void = () => {};

  constructor(private readonly parts: NatsConsumptionParts) {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stop();
    await this.#running;
    await Promise.allSettled(this.#underWay);
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#pull();
      } catch (error) {
        this.parts.link.trouble(error);
        this.parts.link.forgetStream();
      }
      await sleep(RETRY_MS, this.#closing.signal);
    }
  }

  async #pull(): Promise<void> {
    const { link, stream, options } = this.parts;
    const { connection, js, jsm } = await link.session();
    await ensureConsumer(jsm, stream, options);
    const consumer = await js.consumers.get(stream, options.durable);
    const messages = await consumer.consume({
      max_messages: options.maxInFlight ?? 1,
      abort_on_missing_resource: true,
    });
    this.#stop = () => void messages.close();
    // The iterator does not end when the client gives up its connection.
    void connection.closed().then(() => messages.close());
    if (this.#closing.signal.aborted) this.#stop();
    for await (const message of messages) {
      const handled = this.#handle(message).finally(() => this.#underWay.delete(handled));
      this.#underWay.add(handled);
    }
  }

  /** Handles or parks a message, and never throws: a message that could not be parked is delivered again. */
  async #handle(jsMessage: JsMsg): Promise<void> {
    const { options, handler } = this.parts;
    const attempt = jsMessage.info.deliveryCount;
    try {
      // It was delivered this often without an answer, so handling it may be what ends the process.
      if (attempt > options.maxDeliver) throw new Error(`no answer to ${options.maxDeliver} deliveries`);
      await handler({ message: messageOf(jsMessage), attempt });
      jsMessage.ack();
    } catch (error) {
      await this.#failed(jsMessage, error);
    }
  }

  async #failed(jsMessage: JsMsg, error: unknown): Promise<void> {
    const { link, options, parked } = this.parts;
    const attempts = jsMessage.info.deliveryCount;
    if (attempts < options.maxDeliver) return jsMessage.nak(pauseAfter(attempts, options.backOffMs));
    try {
      await parked.park(options.durable, messageOf(jsMessage), { attempts, error });
      jsMessage.term();
    } catch (parking) {
      link.trouble(parking);
      jsMessage.nak(pauseAfter(attempts, options.backOffMs));
    }
  }
}

const messageOf = (message: JsMsg) => ({
  id: message.headers?.get(MSG_ID) ?? String(message.seq),
  subject: message.subject,
  body: message.string(),
});

async function ensureConsumer(jsm: JetStreamManager, stream: string, options: ConsumeOptions): Promise<void> {
  const config = consumerConfig(options);
  try {
    await jsm.consumers.info(stream, options.durable);
    await jsm.consumers.update(stream, options.durable, config);
  } catch (error) {
    if (!isConsumerMissing(error)) throw error;
    await jsm.consumers.add(stream, {
      ...config,
      durable_name: options.durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
    });
  }
}

const consumerConfig = ({ subjects, ackWaitMs, maxInFlight = 1 }: ConsumeOptions): Partial<ConsumerConfig> => ({
  filter_subjects: [...subjects],
  ack_wait: nanos(ackWaitMs),
  max_ack_pending: maxInFlight,
  // The message is parked here before the server would drop it.
  max_deliver: -1,
});
