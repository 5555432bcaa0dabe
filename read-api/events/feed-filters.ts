import type { EventStore } from '../../infra/event-store/index.js';
import { latest } from '../../infra/shared/position.js';
import type { Position } from '../../infra/shared/position.js';
import type { Accepts, FeedRequest } from './event-feed.js';
import type { EventView } from './event-view.js';

/** A range and filters as a reader of the feed says them. */
export interface FeedFilters extends Omit<FeedRequest, 'accepts' | 'actor'> {
  /** As lines show it. */
  readonly actor?: string | undefined;
  /** Inclusive, RFC 3339 UTC with milliseconds. */
  readonly since?: string | undefined;
  /** Exclusive, RFC 3339 UTC with milliseconds. */
  readonly until?: string | undefined;
}

/** The longest that a timer of Node lasts, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;
/** How long after its last moment a live feed still waits for events that were recorded before it, in milliseconds. */
const GRACE_MS = 1_000;

/** Says the same in the terms of the log: the stream by its own name, and a position in place of the time of the beginning. */
export async function requestInLog(view: EventView, asked: FeedFilters): Promise<FeedRequest> {
  const { from, stream, category, type, actor, correlationId, limit, since } = asked;
  return {
    from: since === undefined ? from : latest([from, await view.log.positionBefore(since)]),
    stream: stream === undefined ? undefined : view.streamNamed(stream),
    category,
    type,
    // One that names a cart has another name in the log.
    actor: actor === undefined || view.nameOf(actor) !== actor ? undefined : actor,
    correlationId,
    limit,
    accepts: acceptsOf(view, asked),
  };
}

/** Compares an actor with what lines show, so that the filter tells no reader more than the lines do. */
const acceptsOf = (view: EventView, { actor }: FeedFilters): Accepts | undefined =>
  actor === undefined ? undefined : ({ metadata }) => view.nameOf(metadata.actor) === actor;

/** Finds the last position, at most `head`, that is before the end of the asked times; null where no event is. */
export async function pastEnd(
  log: EventStore,
  { until }: FeedFilters,
  head: Position | null,
): Promise<Position | null> {
  const end = until === undefined ? head : await log.positionBefore(until);
  return end !== null && head !== null && end > head ? head : end;
}

/** Leaves out of a live feed what is recorded outside the asked times. */
export function withTimes(request: FeedRequest, { since, until }: FeedFilters): FeedRequest {
  if (since === undefined && until === undefined) return request;
  const accepts: Accepts = (event) =>
    (since === undefined || event.at >= since) &&
    (until === undefined || event.at < until) &&
    (request.accepts?.(event) ?? true);
  return { ...request, accepts };
}

/** Aborts once no event can be within the asked times any more: at once where their end is past; null where they have none. */
export function timesEnd({ until }: FeedFilters): AbortSignal | null {
  if (until === undefined) return null;
  const left = Date.parse(until) - Date.now();
  return left <= 0 ? AbortSignal.abort() : AbortSignal.timeout(Math.min(left + GRACE_MS, LONGEST));
}
