import type { EventLog } from './event-log.js';
import { at, isBefore } from './position.js';
import type { ReadMessage } from './read-messages.js';
import { eventMessage, streamNotFoundMessage } from './read-messages.js';
import { assertReadable } from './read-position.js';
import type { AllRequest, ReadRequest, StreamRequest } from './read-request.js';
import { streamDeleted } from './rpc-errors.js';
import type { StoredEvent } from './stored-event.js';
import type { StreamState } from './stream-state.js';

/** The answers of a read that ends. They are made while they are sent. */
export function messagesOf(log: EventLog, request: ReadRequest): Iterable<ReadMessage> {
  return request.kind === 'stream' ? streamMessages(log, request) : allMessages(log, request);
}

function* streamMessages(log: EventLog, request: StreamRequest): Generator<ReadMessage> {
  const state = log.stream(request.stream);
  if (state?.isTombstoned) throw streamDeleted(request.stream);
  if (state === undefined || state.events.length === 0 || state.isSoftDeleted) {
    yield streamNotFoundMessage(request.stream);
    return;
  }
  for (const event of eventsOf(state, request)) yield eventMessage(event, request.structuredIds);
}

/** Both directions include the revision itself. */
function* eventsOf(state: StreamState, { revision, backwards, count = 0 }: StreamRequest): Generator<StoredEvent> {
  const { lastReadable, firstVisible } = state;
  const step = backwards ? -1 : 1;
  let next = backwards ? Math.min(Math.max(revision, 0), lastReadable) : Math.max(revision, firstVisible);
  for (let left = count; left > 0 && next >= firstVisible && next <= lastReadable; left -= 1) {
    const event = state.events[next];
    if (event !== undefined) yield event;
    next += step;
  }
}

function* allMessages(log: EventLog, request: AllRequest): Generator<ReadMessage> {
  assertReadable(log, request.position);
  let left = request.count ?? 0;
  for (const event of eventsFrom(log, request)) {
    if (left === 0) return;
    if (request.filter !== undefined && !request.filter.allows(event)) continue;
    left -= 1;
    yield eventMessage(event, request.structuredIds);
  }
}

/** Forwards the position is inclusive, backwards exclusive. A read ends at the head that it found when it began. */
function* eventsFrom(log: EventLog, { position, backwards }: AllRequest): Generator<StoredEvent> {
  const { all } = log;
  const head = all.length;
  let index = log.indexFrom(position.commit);
  const found = all[index];
  if (found !== undefined && isBefore(at(found.position), position)) index += 1;
  if (backwards) index -= 1;
  for (const step = backwards ? -1 : 1; index >= 0 && index < head; index += step) {
    const event = all[index];
    if (event !== undefined) yield event;
  }
}
