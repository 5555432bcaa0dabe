import { pauseAfter, sleep } from '../../shared/back-off.js';
import { BusUnavailableError } from '../errors.js';
import type { BusMessage, ConsumeOptions, Consumption, DeliveryHandler } from '../message-bus.js';
import type { ParkedMessages } from '../parked-messages.js';
import { subjectFilter } from '../subject-filter.js';

export interface ConsumerParts {
  readonly options: ConsumeOptions;
  readonly handler: DeliveryHandler;
  readonly parked: ParkedMessages;
}

/** Has each message handled or parked before the publisher is told that it is stored. */
export class DurableConsumer implements Consumption {
  readonly #isWanted: (subject: string) => boolean;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly parts: ConsumerParts) {
    this.#isWanted = subjectFilter(parts.options.subjects);
  }

  /** @throws BusUnavailableError it was closed before all were handled or parked */
  async take(messages: readonly BusMessage[]): Promise<void> {
    const wanted = messages.filter(({ subject }) => this.#isWanted(subject));
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let message = wanted[next++]; message !== undefined; message = wanted[next++]) await this.#deliver(message);
    };
    const lanes = Math.min(wanted.length, this.parts.options.maxInFlight ?? 1);
    const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #deliver(message: BusMessage): Promise<void> {
    const { options, parked } = this.parts;
    for (let attempt = 1; ; attempt++) {
      if (this.#closing.signal.aborted) throw closed(options.durable);
      try {
        return await this.#attempt(message, attempt);
      } catch (error) {
        if (attempt >= options.maxDeliver) {
          return await parked.park(options.durable, message, { attempts: attempt, error }).catch((cause: unknown) => {
            throw new BusUnavailableError(`message ${message.id} could not be parked`, { cause });
          });
        }
      }
      const pauseMs = pauseAfter(attempt, options.backOffMs);
      if (!(await sleep(pauseMs, this.#closing.signal))) throw closed(options.durable);
    }
  }

  async #attempt(message: BusMessage, attempt: number): Promise<void> {
    const { options, handler } = this.parts;
    const handling = handler({ message, attempt });
    const kept = handling.catch(() => undefined).finally(() => this.#underWay.delete(kept));
    this.#underWay.add(kept);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${options.ackWaitMs} ms`)), options.ackWaitMs);
    });
    await Promise.race([handling, late]).finally(() => clearTimeout(timer));
  }
}

const closed = (durable: string): BusUnavailableError => new BusUnavailableError(`consumer ${durable} is closed`);
