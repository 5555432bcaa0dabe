import { EventIdConflictError, WrongExpectedRevisionError } from '../errors.js';
import { idOfKey, keysOf, withIds } from '../event-ids.js';
import type { Appended, RecordedEvent, StreamBatch } from '../event-store.js';
import { positionOfNumber } from '../../shared/position.js';
import type { CommitFeed } from './commit-feed.js';
import type { CommitGroup } from './commit-group.js';
import { AppendedEvent, timeOf, type CommittedEvent } from './committed-event.js';
import { EVENT_TEXTS, unpackEvents } from './submitted-append.js';
import {
  ALREADY_THERE,
  APPENDED,
  NOT_TRIED,
  OUTCOME_FIELDS,
  WRONG_REVISION,
  type Committed,
} from './writer-protocol.js';

/** Answers each append of a committed group, and hands its events to the subscribers of this thread. */
export function settle(group: CommitGroup, committed: Committed, feed: CommitFeed): void {
  const { outcomes, at } = committed;
  if (feed.isFollowed) feed.committed(addedEvents(group, committed));
  let next = 0;
  for (const { batches, resolve, reject } of group.pending) {
    const answers: Appended[] = [];
    let refusal: Error | null = null;
    for (const batch of batches) {
      const [code = NOT_TRIED, first = 0, second = 0] = outcomes.slice(next, (next += OUTCOME_FIELDS));
      if (code === APPENDED) answers.push(appended(batch, { revision: first, position: second, at }));
      else if (code === ALREADY_THERE)
        answers.push({ revision: first, position: positionOfNumber(second), events: [] });
      else if (code !== NOT_TRIED) refusal = refusalOf(batch, code, first);
    }
    if (refusal === null) resolve(answers);
    else reject(refusal);
  }
}

interface LastEvent {
  readonly revision: number;
  readonly position: number;
  readonly at: number;
}

/** Makes `Appended` with the caller's own data, which the caller may fold in place, as no other reader gets them. */
function appended({ stream, events }: StreamBatch, { revision, position, at }: LastEvent): Appended {
  const offset = events.length - 1;
  const keys = keysOf(events);
  const recorded: RecordedEvent[] = events.map(({ type, data, metadata }, index) => ({
    get id() {
      return idOfKey(keys[index] ?? 0, metadata.commandId);
    },
    stream,
    revision: revision - offset + index,
    position: positionOfNumber(position - offset + index),
    at: timeOf(at),
    type,
    data,
    metadata,
  }));
  return { revision, position: positionOfNumber(position), events: recorded };
}

function refusalOf({ stream, events, expectedRevision }: StreamBatch, code: number, detail: number): Error {
  return code === WRONG_REVISION
    ? new WrongExpectedRevisionError(stream, expectedRevision, detail)
    : new EventIdConflictError(stream, withIds(events)[detail]?.id ?? '');
}

/** Lists the events in the order of the log; appends of one transaction follow each other without a gap. */
function addedEvents({ pending, appends: { texts } }: CommitGroup, { outcomes, at }: Committed): CommittedEvent[] {
  const added: CommittedEvent[] = [];
  let next = 0;
  let text = 0;
  for (const { stream, events } of pending.flatMap(({ batches }) => batches)) {
    const isAdded = outcomes[next] === APPENDED;
    const revision = (outcomes[next + 1] ?? 0) - events.length + 1;
    const position = (outcomes[next + 2] ?? 0) - events.length + 1;
    text += 1;
    if (isAdded)
      for (const [index, event] of unpackEvents(texts, text, events.length).entries())
        added.push(new AppendedEvent(event, { stream, revision: revision + index, position: position + index, at }));
    text += events.length * EVENT_TEXTS;
    next += OUTCOME_FIELDS;
  }
  return added;
}
