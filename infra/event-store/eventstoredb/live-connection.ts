import type { EventStoreDBClient } from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';
import type { StoredEvent } from './event-codec.js';
import { ReadCall } from './read-call.js';
import { encodeSubscription, type ReadMessage, type ServerFilter } from './read-messages.js';

export interface LiveListener {
  /** The server has taken the subscription. */
  onConfirmed(): void;
  /** An event of ours. */
  onEvent(stored: StoredEvent): void;
  /** Everything up to here was looked at. */
  onCheckpoint(position: string): void;
  /** All that was there has been handed over. */
  onCaughtUp(): void;
  /** The server is back to reading, until it has caught up again. */
  onFellBehind(): void;
  /** The connection is gone; nothing follows. */
  onLost(error: unknown): void;
}

export interface LiveStart {
  /** Exclusive. */
  readonly from: string;
  /** Milliseconds that the server has to confirm the subscription. */
  readonly patience: number;
}

/** All but system events, of which it skips 512 before it says how far it has come. */
const FILTER: ServerFilter = { on: 'types', matching: { regex: '^[^$]' }, window: 512 };

/**
 * Runs one subscription from its start to the first sign that it is lost, and returns how to end it. Events are taken as they come, as
 * the server ends a subscription whose client is slow.
 */
export function openLive(client: EventStoreDBClient, { from, patience }: LiveStart, listener: LiveListener) {
  let isOver = false;
  const finish = (): boolean => {
    if (isOver) return false;
    isOver = true;
    clearTimeout(timer);
    call.cancel();
    return true;
  };
  const lost = (error: unknown): void => {
    if (finish()) listener.onLost(error);
  };
  const timer = setTimeout(() => lost(new CallTimeoutError(patience)), patience);
  const onMessage = (message: ReadMessage): void => {
    if (message.kind === 'event') {
      if (message.ours !== null) listener.onEvent(message.ours);
    } else if (message.kind === 'checkpoint') listener.onCheckpoint(message.position);
    else if (message.kind === 'caught up') listener.onCaughtUp();
    else if (message.kind === 'fell behind') listener.onFellBehind();
    else if (message.kind === 'confirmed') {
      clearTimeout(timer);
      listener.onConfirmed();
    }
  };
  const onEnd = (error: unknown = new Error('the server ended the subscription')): void => lost(error);
  const call = new ReadCall(client, encodeSubscription(from, FILTER), { onMessage, onEnd });
  return finish;
}
