import { ErrorCode, NatsError } from 'nats';
import { BusUnavailableError, MessageRefusedError } from '../errors.js';
import type { BusMessage } from '../message-bus.js';

/** JetStream's own codes (https://github.com/nats-io/nats-server/blob/main/server/errors.json). */
const CONSUMER_NOT_FOUND = 10_014;
const MESSAGE_TOO_LARGE = 10_054;
const STREAM_NOT_FOUND = 10_059;
const WRONG_LAST_MESSAGE_ID = 10_070;

const jetStreamCode = (error: unknown): number | undefined =>
  error instanceof NatsError ? error.api_error?.err_code : undefined;

export const isStreamMissing = (error: unknown): boolean => jetStreamCode(error) === STREAM_NOT_FOUND;

export const isConsumerMissing = (error: unknown): boolean => jetStreamCode(error) === CONSUMER_NOT_FOUND;

/** The message before it in the batch is not the last one of the stream. */
export const isOutOfTurn = (error: unknown): boolean => jetStreamCode(error) === WRONG_LAST_MESSAGE_ID;

/** The subject has no responder: the stream is gone, or JetStream is off. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof NatsError && error.code === ErrorCode.NoResponders;

/** Translates an error to the port's. Errors that are not known to be permanent count as temporary. */
export function toBusError(error: unknown, message?: BusMessage): Error {
  if (error instanceof BusUnavailableError) return error;
  if (message !== undefined && isTooLarge(error)) {
    return new MessageRefusedError(message, 'it is too large', { cause: error });
  }
  return new BusUnavailableError(`NATS: ${textOf(error)}`, { cause: error });
}

const isTooLarge = (error: unknown): boolean =>
  jetStreamCode(error) === MESSAGE_TOO_LARGE ||
  (error instanceof NatsError && error.code === ErrorCode.MaxPayloadExceeded);

function textOf(error: unknown): string {
  if (error instanceof NatsError) return error.api_error?.description ?? `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
