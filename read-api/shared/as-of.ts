import type { Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import {
  field,
  invalid,
  isTimestamp,
  plusHint,
  problem,
  TIME_FORMAT,
  TIME_PATTERN,
  utcOf,
} from '../../infra/http/index.js';
import type { ErrorCode, ProblemError } from '../../infra/http/index.js';

/**
 * A moment in the past of a resource: a revision of its own stream, which lasts until the next one, or a time. `at` never
 * goes back along the log, so a time cuts every stream where one log position would.
 */
export type AsOf = { readonly revision: number } | { readonly time: string };

/** By then everything has happened that the log has. */
export const NOW: AsOf = { time: '9999-12-31T23:59:59.999Z' };

/** Whether an event had happened by then. */
export type Happened = (event: RecordedEvent) => boolean;

// With or without the quotes of an ETag.
const REVISION = /^(?:\d{1,15}|"\d{1,15}")$/;

/** `?asOf=`: a revision of the resource or an RFC 3339 time. */
export const AsOfParam = (): PropertyDecorator =>
  field({
    name: 'isAsOf',
    schema: {
      type: 'string',
      pattern: `${REVISION.source}|${TIME_PATTERN}`,
      description:
        'shows the state then: the last that a revision of the resource (its ETag) showed, or at an RFC 3339 time',
    },
    test: (value) => typeof value === 'string' && (REVISION.test(value) || isTimestamp(value)),
    message: (value) =>
      `must be a revision, such as 3, or ${TIME_FORMAT} (a day alone is not enough)${plusHint(value)}`,
    optional: true,
  });

/** The query of a route that also shows the past. */
export class AsOfParams {
  @AsOfParam()
  readonly asOf?: string;
}

/** Reads a validated `asOf`. */
export function parseAsOf(text: string): AsOf {
  if (REVISION.test(text)) return { revision: Number(text.replaceAll('"', '')) };
  return { time: utcOf(text) };
}

/**
 * The events of a stream by then, oldest first; none where it had not begun.
 * @throws ProblemError 400 naming `asOf` when the stream is there and has no such revision
 */
export async function* readAsOf(log: EventStore, stream: string, asOf: AsOf): AsyncGenerator<RecordedEvent> {
  if ('time' in asOf) return yield* readWhile(log, stream, ({ at }) => at <= asOf.time);
  let last = -1;
  for await (const event of log.read(stream, { limit: asOf.revision + 1 })) {
    last = event.revision;
    yield event;
  }
  if (last >= 0 && last < asOf.revision) throw noSuchRevision();
}

/** The first events of a stream, as long as they had happened. */
export async function* readWhile(log: EventStore, stream: string, happened: Happened): AsyncGenerator<RecordedEvent> {
  for await (const event of log.read(stream)) {
    if (!happened(event)) return;
    yield event;
  }
}

/**
 * What a moment in the past of one stream means to any stream of the log. A revision means the last that its ETag showed:
 * all before the next event of the stream, or, of its last one, up to the end of the log.
 * @param own every event of the resource's own stream
 * @param head the end of the log, asked before any stream was read: what came meanwhile is not shown by halves
 * @throws ProblemError 400 naming `asOf` when there is no such revision
 */
export function happenedBy(asOf: AsOf, own: readonly RecordedEvent[], head: Position | null): Happened {
  if ('time' in asOf) return ({ at }) => at <= asOf.time;
  const [event, next] = own.slice(asOf.revision);
  if (event === undefined) throw noSuchRevision();
  if (next !== undefined) return ({ position }) => position < next.position;
  const end = head === null || head < event.position ? event.position : head;
  return ({ position }) => position <= end;
}

const noSuchRevision = () => invalid('asOf', 'is not a revision of this resource');

/** For a time before the resource was there: who may see it is told since when it is. */
export const notYet = (code: ErrorCode, what: string, since: string): ProblemError =>
  problem(code, `There was no such ${what} yet: it is there since ${since}.`);

/** What is answered where there is no resource, such as `CART.NOT_FOUND` and `cart`. */
export interface Nothing {
  readonly code: ErrorCode;
  readonly what: string;
}

/** There is no such resource, and there was none at any time. */
export const noneSuch = ({ code, what }: Nothing): ProblemError => problem(code, `There is no such ${what}.`);

/** Nothing came of the events of a stream by then: there is no such resource at all, or there was none yet. */
export async function nothingThen(log: EventStore, stream: string, nothing: Nothing): Promise<ProblemError> {
  for await (const { at } of log.read(stream, { limit: 1 })) return notYet(nothing.code, nothing.what, at);
  return noneSuch(nothing);
}
