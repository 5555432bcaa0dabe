import type { Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import { LOOSE_PAGE } from './copy-events.js';
import { otherEvents } from './copy-errors.js';

/** Where a copy that is there goes on. */
export interface ResumePoint {
  /** The source's position of what the target ends with. */
  readonly last: Position;
  /** Up to where the target has everything; null is the beginning. */
  readonly after: Position | null;
  /** The last revision of each stream of which the target has something beyond that: each stream is copied in order. */
  readonly known: ReadonlyMap<string, number>;
}

/**
 * Each run sends a page only when all before it are there. So of two events of a copy, one that is two pages behind the other
 * in the target is before it in the source, and twice that where the target is itself what the source is a copy of a copy
 * of. Up to the source's place of the event so far from the target's end everything is there, then; and twice as far back
 * there is nothing that lies beyond it.
 */
const SAFE = 4 * LOOSE_PAGE;
const LOOKED_AT = 2 * SAFE;

/**
 * Finds where the copy in the target goes on; null when it is empty. Looks at the ends alone: what lies between is for the
 * comparison after the copy.
 * @throws CliError the target holds other events
 */
export async function resumePoint(source: EventStore, target: EventStore): Promise<ResumePoint | null> {
  const tail = await lastOf(target, LOOKED_AT);
  const [last, safe] = [tail[0], tail[SAFE]];
  if (last === undefined) return null;
  const first = tail.length < LOOKED_AT ? tail.at(-1) : await firstOf(target);
  const [lastTwin, safeTwin, firstTwin] = await Promise.all([last, safe, first].map((event) => twinOf(event, source)));
  if (lastTwin == null || firstTwin == null || safeTwin === null)
    throw otherEvents(await firstOtherStream(source, target));
  return {
    last: lastTwin.position,
    after: safeTwin?.position ?? null,
    known: new Map(tail.toReversed().map(({ stream, revision }) => [stream, revision])),
  };
}

// Both without a limit: a server may have many events of its own among ours, and pages are as long as limits.
async function lastOf(store: EventStore, count: number): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll({ direction: 'backwards' })) if (events.push(event) === count) break;
  return events;
}

async function firstOf(store: EventStore): Promise<RecordedEvent | undefined> {
  for await (const event of store.readAll()) return event;
  return undefined;
}

/** The same event in the source; null where it has none, undefined where there is none to look for. */
async function twinOf(event: RecordedEvent | undefined, source: EventStore): Promise<RecordedEvent | null | undefined> {
  if (event === undefined) return undefined;
  const { id, stream, revision } = event;
  for await (const twin of source.read(stream, { from: revision, limit: 1 })) return twin.id === id ? twin : null;
  return null;
}

async function firstOtherStream(source: EventStore, target: EventStore): Promise<string> {
  const originals = source.readAll()[Symbol.asyncIterator]();
  /** Seen on one side alone so far: the two have some of it in another order. */
  const [alone, early] = [new Map<string, RecordedEvent>(), new Set<string>()];
  for await (const event of target.readAll()) {
    if (!early.delete(event.id)) alone.set(event.id, event);
    const { value, done } = await originals.next();
    if (done !== true && !alone.delete(value.id)) early.add(value.id);
  }
  await originals.return?.();
  for (const event of alone.values()) if ((await twinOf(event, source)) === null) return event.stream;
  return '';
}
