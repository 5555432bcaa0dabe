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
 * A moment in the past of a resource: a revision of its own stream, which lasts until the next revision, or a time. The times of
 * events never decrease along the log, so a time cuts every stream at the same position of the log.
 */
export type AsOf = { readonly revision: number } | { readonly time: string };

/** A moment after every event of the log. */
export const NOW: AsOf = { time: '9999-12-31T23:59:59.999Z' };

/** Tells whether an event had happened by a moment. */
export type Happened = (event: RecordedEvent) => boolean;

// The quotes of an ETag may be there or not.
const REVISION = /^(?:\d{1,15}|"\d{1,15}")$/;

/** Validates a moment in the past of a resource: one of its revisions, or an RFC 3339 time. */
export const AsOfParam = ({ optional = true } = {}): PropertyDecorator =>
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
    optional,
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
 * Reads the events of a stream up to a moment, oldest first; none where the stream had not begun.
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

/** Reads the events of a stream, oldest first, up to the first that had not happened. */
export async function* readWhile(log: EventStore, stream: string, happened: Happened): AsyncGenerator<RecordedEvent> {
  for await (const event of log.read(stream)) {
    if (!happened(event)) return;
    yield event;
  }
}

/** The resource that a moment is one of. */
interface Resource {
  /** Every event of its own stream. */
  readonly own: readonly RecordedEvent[];
  /** The end of the log, looked up before any stream is read, so that later events are left out of all streams alike. */
  readonly head: Position | null;
  /** The parameter that named the moment; `asOf` where it is left out. */
  readonly field?: string;
}

/**
 * Translates a moment of one stream to all streams of the log. A revision lasts until the next event of its stream, and the last
 * revision until the end of the log.
 * @throws ProblemError 400 naming the field when there is no such revision
 */
export function happenedBy(asOf: AsOf, { own, head, field = 'asOf' }: Resource): Happened {
  if ('time' in asOf) return ({ at }) => at <= asOf.time;
  const [event, next] = own.slice(asOf.revision);
  if (event === undefined) throw noSuchRevision(field);
  if (next !== undefined) return ({ position }) => position < next.position;
  const end = head === null || head < event.position ? event.position : head;
  return ({ position }) => position <= end;
}

const noSuchRevision = (field = 'asOf') => invalid(field, 'is not a revision of this resource');

/** Makes the 404 for a time before the resource existed, which says since when it does to those who may see it. */
export const notYet = (code: ErrorCode, what: string, since: string): ProblemError =>
  problem(code, `There was no such ${what} yet: it is there since ${since}.`);

/** The code and the noun of a 404, such as `CART.NOT_FOUND` and `cart`. */
export interface Nothing {
  readonly code: ErrorCode;
  readonly what: string;
}

/** Makes the 404 for a resource that never existed. */
export const noneSuch = ({ code, what }: Nothing): ProblemError => problem(code, `There is no such ${what}.`);

/** Makes the 404 for a stream without events up to a moment: the resource does not exist, or did not exist yet. */
export async function nothingThen(log: EventStore, stream: string, nothing: Nothing): Promise<ProblemError> {
  for await (const { at } of log.read(stream, { limit: 1 })) return notYet(nothing.code, nothing.what, at);
  return noneSuch(nothing);
}
