import {
  BusUnavailableError,
  MessageRefusedError,
  type BusMessage,
  type MessageBus,
  type ParkedMessages,
} from '../message-bus/index.js';
import { BackOff, type BackOffSchedule } from '../shared/back-off.js';

/** The part of a pino logger that the relay uses. */
export interface RelayLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface OutboundOptions {
  readonly bus: MessageBus;
  readonly parked: ParkedMessages;
  readonly logger: RelayLogger;
  /** Pauses while the bus is away; default 0.1 s to 2 s. */
  readonly backOff?: BackOffSchedule;
}

/** The relay was told to stop before the messages were out. */
export class RelayStoppedError extends Error {}

/** Under this name messages are parked that the bus never takes. */
export const RELAY = 'relay';

const BACK_OFF: BackOffSchedule = { firstMs: 100, longestMs: 2_000 };

/** Publishes, however long the bus is away. */
export class Outbound {
  readonly #stopping = new AbortController();

  constructor(private readonly options: OutboundOptions) {}

  /** @throws RelayStoppedError */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    const { bus, logger } = this.options;
    const backOff = new BackOff({ ...(this.options.backOff ?? BACK_OFF), signal: this.#stopping.signal });
    let left = messages;
    for (let failures = 0; left.length > 0;) {
      if (this.#stopping.signal.aborted) throw new RelayStoppedError('the relay stops');
      try {
        await bus.publish(left);
        if (failures > 0) logger.info({}, 'the message bus is back');
        return;
      } catch (error) {
        if (error instanceof MessageRefusedError) {
          left = await this.#leaveOut(left, error);
          continue;
        }
        if (!(error instanceof BusUnavailableError)) throw error;
        failures += 1;
        if (failures === 1) logger.warn({ err: error }, 'the message bus is away: events wait in the log');
        await backOff.next();
      }
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** One message that no try brings out must not keep all others back. */
  async #leaveOut(messages: readonly BusMessage[], error: MessageRefusedError): Promise<readonly BusMessage[]> {
    const { parked, logger } = this.options;
    await parked.park(RELAY, error.refused, { attempts: 1, error });
    logger.error({ err: error }, 'an integration event is parked');
    return messages.slice(messages.findIndex(({ id }) => id === error.refused.id) + 1);
  }
}
