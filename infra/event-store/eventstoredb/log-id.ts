import { randomUUID } from 'node:crypto';
import { jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { collect } from './collect.js';
import { actualRevisionOf, isMissingStream } from './errors.js';
import type { Limits } from './limits.js';
import { within } from './within.js';

/** A stream of the adapter's own, whose first event holds the log's id. It says nothing of a command, so no reader sees it. */
const STREAM = 'cartwright-log';
const TYPE = 'cartwright.log-created.v1';

/** Null where the log was never created. */
export async function readLogId(client: EventStoreDBClient, limits: Limits): Promise<string | null> {
  try {
    const [first] = await collect(client.readStream(STREAM, { maxCount: 1, requiresLeader: true }), limits.call);
    return idIn(first?.event?.data);
  } catch (error) {
    if (isMissingStream(error)) return null;
    throw error;
  }
}

/** Gives the log an id; does nothing where another process was faster. */
export async function createLogId(client: EventStoreDBClient, limits: Limits): Promise<void> {
  const event = jsonEvent({ type: TYPE, data: { logId: randomUUID() } });
  const options = { expectedRevision: 'no_stream', requiresLeader: true, deadline: limits.call } as const;
  try {
    await within(client.appendToStream(STREAM, event, options), limits.call);
  } catch (error) {
    if (actualRevisionOf(error) === undefined) throw error;
  }
}

function idIn(data: unknown): string | null {
  const id = typeof data === 'object' && data !== null && 'logId' in data ? data.logId : null;
  return typeof id === 'string' ? id : null;
}
