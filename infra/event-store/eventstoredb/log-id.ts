import { jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { newLogId, restoredLogId } from '../log-id.js';
import type { Accepted } from '../log-register.js';
import { parsePosition, type Position } from '../../shared/position.js';
import { collect } from './collect.js';
import { actualRevisionOf, isMissingStream } from './errors.js';
import type { Limits } from './limits.js';
import { within } from './within.js';

/**
 * The adapter's own stream. Its first event has the log's id, and later ones record changes of the log as a whole, such as a
 * restoration. They belong to no command, so readers do not see them.
 */
const STREAM = 'cartwright-log';
const CREATED = 'cartwright.log-created.v1';
const RESTORED = 'cartwright.log-restored.v1';
const ACCEPTED = 'cartwright.log-accepted.v1';

/** Entries are made by hand. */
const MOST = 10_000;

interface Recorded {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Null where the log was never created. */
export async function readLogId(client: EventStoreDBClient, limits: Limits): Promise<string | null> {
  const named = (await recorded(client, limits)).findLast(({ data }) => typeof data['logId'] === 'string');
  return named === undefined ? null : String(named.data['logId']);
}

/** Up to which event that was accepted; null: nowhere. */
export async function readAccepted(
  client: EventStoreDBClient,
  limits: Limits,
  what: Accepted,
): Promise<Position | null> {
  const found = (await recorded(client, limits)).findLast(
    ({ type, data }) => type === ACCEPTED && data['what'] === what,
  );
  return parsePosition(String(found?.data['position'])) ?? null;
}

/** Gives the log an id; does nothing where another process was faster. */
export async function createLogId(client: EventStoreDBClient, limits: Limits): Promise<void> {
  try {
    await append(client, limits, { type: CREATED, data: { logId: newLogId() }, expectedRevision: 'no_stream' });
  } catch (error) {
    if (actualRevisionOf(error) === undefined) throw error;
  }
}

/** Gives the log another id, which it answers. */
export async function recordRestored(client: EventStoreDBClient, limits: Limits): Promise<string> {
  const logId = restoredLogId();
  await append(client, limits, { type: RESTORED, data: { logId }, expectedRevision: 'any' });
  return logId;
}

/** What was accepted, and up to which event. */
export interface Acceptance {
  readonly what: Accepted;
  readonly position: Position;
}

export const recordAccepted = (client: EventStoreDBClient, limits: Limits, acceptance: Acceptance): Promise<void> =>
  append(client, limits, { type: ACCEPTED, data: { ...acceptance }, expectedRevision: 'any' });

interface Entry {
  readonly type: string;
  readonly data: Record<string, string>;
  readonly expectedRevision: 'no_stream' | 'any' | bigint;
}

async function append(client: EventStoreDBClient, limits: Limits, entry: Entry): Promise<void> {
  const { type, data, expectedRevision } = entry;
  const options = { expectedRevision, requiresLeader: true, deadline: limits.call } as const;
  await within(client.appendToStream(STREAM, jsonEvent({ type, data }), options), limits.call);
}

async function recorded(client: EventStoreDBClient, limits: Limits): Promise<readonly Recorded[]> {
  try {
    const events = await collect(client.readStream(STREAM, { maxCount: MOST, requiresLeader: true }), limits.call);
    return events.flatMap(({ event }) =>
      event !== undefined && typeof event.data === 'object' && event.data !== null
        ? [{ type: event.type, data: { ...event.data } }]
        : [],
    );
  } catch (error) {
    if (isMissingStream(error)) return [];
    throw error;
  }
}

/** A revision that no stream has: an append there is decided upon, and never made. */
const NOWHERE = BigInt(Number.MAX_SAFE_INTEGER);

/** Whether the user may write: asks for an append that can come to nothing. @throws the driver's errors */
export async function tryToWrite(client: EventStoreDBClient, limits: Limits): Promise<void> {
  try {
    await append(client, limits, { type: ACCEPTED, data: {}, expectedRevision: NOWHERE });
  } catch (error) {
    if (actualRevisionOf(error) === undefined) throw error;
  }
}
