import type { BusMessage } from './message-bus.js';

/** The bus is away, closed, or cannot store now; messages that were being published may or may not be stored. */
export class BusUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BusUnavailableError';
  }
}

/** The bus will never accept this message, such as one that is too large. */
export class MessageRefusedError extends Error {
  constructor(
    readonly refused: BusMessage,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`the bus refuses message ${refused.id} on ${refused.subject}: ${reason}`, options);
    this.name = 'MessageRefusedError';
  }
}
