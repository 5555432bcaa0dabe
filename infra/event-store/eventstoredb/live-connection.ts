import { eventTypeFilter } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventStoreDBClient, Position as DriverPosition } from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';
import { BEGINNING, fromPosition, toPosition } from './positions.js';

export interface LiveListener {
  /** The server has taken the subscription. */
  onConfirmed(): void;
  onEvent(resolved: AllStreamResolvedEvent): void;
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

/** How many system events the server skips before it says how far it has come. */
const SEARCH_WINDOW = 512;

/** Events taken from the server before they are looked at: it ends the subscription of who lets it wait. */
const READ_AHEAD = 2_048;

/** One subscription of the driver, from its start to the first sign that it is gone. Answers how to end it. */
export function openLive(client: EventStoreDBClient, { from, patience }: LiveStart, listener: LiveListener) {
  let isOver = false;
  // It overtakes events that are still on their way through the driver's buffer: then it says nothing about those.
  const checkpointReached = (_: unknown, position: DriverPosition): void => {
    if (!isOver && subscription.readableLength === 0) listener.onCheckpoint(toPosition(position));
  };
  const options = {
    fromPosition: from === BEGINNING ? 'start' : fromPosition(from),
    filter: eventTypeFilter({ regex: '^[^$]', maxSearchWindow: SEARCH_WINDOW, checkpointReached }),
    requiresLeader: true,
  } as const;
  const subscription = client.subscribeToAll(options, { highWaterMark: READ_AHEAD });
  const finish = (): boolean => {
    if (isOver) return false;
    isOver = true;
    clearTimeout(timer);
    subscription.unsubscribe().catch(() => undefined);
    return true;
  };
  const lost = (error: unknown): void => {
    if (finish()) listener.onLost(error);
  };
  const timer = setTimeout(() => lost(new CallTimeoutError(patience)), patience);
  // So does this signal.
  const caughtUp = (): void => {
    if (isOver) return;
    if (subscription.readableLength > 0) setImmediate(caughtUp);
    else listener.onCaughtUp();
  };
  subscription.on('confirmation', () => {
    clearTimeout(timer);
    if (!isOver) listener.onConfirmed();
  });
  subscription.on('caughtUp', () => setImmediate(caughtUp));
  subscription.on('fellBehind', () => {
    if (!isOver) listener.onFellBehind();
  });
  subscription.on('data', (resolved: AllStreamResolvedEvent) => {
    if (!isOver) listener.onEvent(resolved);
  });
  subscription.on('error', lost);
  subscription.on('end', () => lost(new Error('the server ended the subscription')));
  return finish;
}
