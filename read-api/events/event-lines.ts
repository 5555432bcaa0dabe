import { categoryOf } from '../../infra/event-store/category.js';
import { showingPositions } from '../../infra/event-store/index.js';
import type { EventStore, Position, RecordedEvent } from '../../infra/event-store/index.js';
import { liveEvents, pastEvents } from './event-feed.js';
import type { FeedRequest } from './event-feed.js';

export interface LinesRequest extends FeedRequest {
  /** Most events. */
  readonly limit?: number | undefined;
  /** Goes on with what is recorded later. */
  readonly live: boolean;
}

/** Lines are written together up to about this many characters. */
const CHUNK = 32_768;

/** An event as a line of NDJSON. */
export function lineOf({ id, position, stream, revision, type, at, metadata, data }: RecordedEvent): string {
  const { actor, commandId, correlationId, causationId } = metadata;
  const category = categoryOf(stream);
  const what = { id, position, stream, category, revision, type, at };
  return `${JSON.stringify({ ...what, actor, commandId, correlationId, causationId, data })}\n`;
}

export interface LinesContext {
  /** The end of the log when the request came; what is past it is for live feeds. */
  readonly head: Position | null;
  readonly signal: AbortSignal;
  /** All that was there has been taken; what follows may be long in coming. */
  readonly onLive: () => void;
}

/** The log as chunks of NDJSON, read only as fast as they are taken. A live feed with nothing to tell writes nothing. */
export async function* eventLines(
  log: EventStore,
  request: LinesRequest,
  context: LinesContext,
): AsyncGenerator<string, void> {
  const quota: Quota = { left: request.limit ?? Number.MAX_SAFE_INTEGER };
  yield* pastLines(log, request, { ...context, quota });
  if (!request.live || quota.left === 0 || context.signal.aborted) return;
  context.onLive();
  yield* liveLines(log, { ...request, from: context.head }, { ...context, quota });
}

/** Events that may still be answered. */
interface Quota {
  left: number;
}

type Counted = LinesContext & { readonly quota: Quota };

async function* pastLines(log: EventStore, request: FeedRequest, context: Counted): AsyncGenerator<string, void> {
  const { head, signal, quota } = context;
  if (head === null) return;
  const shown = showingPositions(log.logId);
  let chunk = '';
  for await (const event of pastEvents(log, request, head)) {
    if (signal.aborted) return;
    chunk += lineOf(shown(event));
    quota.left -= 1;
    if (quota.left === 0) break;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* liveLines(log: EventStore, request: FeedRequest, context: Counted): AsyncGenerator<string, void> {
  const { signal, quota } = context;
  const shown = showingPositions(log.logId);
  for await (const page of liveEvents(log, request, signal)) {
    const events = page.slice(0, quota.left);
    quota.left -= events.length;
    yield events.map((event) => lineOf(shown(event))).join('');
    if (quota.left === 0) return;
  }
}
