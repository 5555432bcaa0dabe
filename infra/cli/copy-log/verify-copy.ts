import type { Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import { NO_EVENTS, withEvent } from './event-digest.js';

/** Events read from each side before streams that agree are let go. */
const WINDOW = 4_096;

export interface Verified {
  readonly events: number;
  readonly streams: number;
  /** Null when every stream has the same events on both sides. */
  readonly difference: string | null;
}

interface Side {
  count: number;
  digest: string;
}

/** A stream that the two sides have not been seen to agree about. */
interface OpenStream {
  readonly source: Side;
  readonly target: Side;
}

export interface VerifyOptions {
  readonly source: EventStore;
  readonly target: EventStore;
  /** Last event of the source that was copied. */
  readonly upTo: Position;
  onCompared(upTo: Position): void;
}

/**
 * Compares every stream of the two logs by the number of its events and their digest. Both are read once, side by side,
 * and a stream that agrees so far is not kept, so that the length of the logs does not matter.
 */
export async function verifyCopy({ source, target, upTo, onCompared }: VerifyOptions): Promise<Verified> {
  const open = new Map<string, OpenStream>();
  const [here, there] = [source.readAll()[Symbol.asyncIterator](), target.readAll()[Symbol.asyncIterator]()];
  let [events, streams] = [0, 0];
  for (;;) {
    const [page, copies] = [await take(here, upTo), await take(there, null)];
    for (const event of page) add(sideOf(open, event.stream).source, event);
    for (const event of copies) add(sideOf(open, event.stream).target, event);
    for (const [stream, sides] of open) if (agree(sides)) open.delete(stream);
    events += page.length;
    streams += page.filter(({ revision }) => revision === 0).length;
    const last = page.at(-1);
    if (last !== undefined) onCompared(last.position);
    if (page.length === 0 && copies.length === 0) break;
  }
  const [first] = open;
  return { events, streams, difference: first === undefined ? null : differenceIn(...first) };
}

async function take(events: AsyncIterator<RecordedEvent>, upTo: Position | null): Promise<RecordedEvent[]> {
  const page: RecordedEvent[] = [];
  while (page.length < WINDOW) {
    const { value, done } = await events.next();
    if (done === true) break;
    if (upTo !== null && value.position > upTo) {
      await events.return?.();
      break;
    }
    page.push(value);
  }
  return page;
}

function sideOf(open: Map<string, OpenStream>, stream: string): OpenStream {
  let sides = open.get(stream);
  if (sides === undefined) open.set(stream, (sides = { source: nothing(), target: nothing() }));
  return sides;
}

const nothing = (): Side => ({ count: 0, digest: NO_EVENTS });

function add(side: Side, event: RecordedEvent): void {
  side.count += 1;
  side.digest = withEvent(side.digest, event);
}

const agree = ({ source, target }: OpenStream): boolean =>
  source.count === target.count && source.digest === target.digest;

const differenceIn = (stream: string, { source, target }: OpenStream): string =>
  source.count === target.count
    ? `stream ${stream} has other events in the copy`
    : `stream ${stream} has ${Math.abs(source.count - target.count)} events ${
        source.count > target.count ? 'less' : 'more'
      } in the copy`;
