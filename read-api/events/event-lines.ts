import { showingPositions } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventText } from '../../infra/event-store/index.js';
import { liveEvents, pastEvents } from './event-feed.js';
import type { FeedRequest } from './event-feed.js';
import type { EventView } from './event-view.js';

export interface LinesRequest extends FeedRequest {
  /** Whether events that are recorded later follow. */
  readonly live: boolean;
}

/** Pages are written together up to about this many characters. */
const CHUNK = 32_768;

export interface LinesContext {
  /** The end of the log when the request came; later events are for live feeds. */
  readonly head: Position | null;
  readonly signal: AbortSignal;
  /** Called when all past events were taken and the feed waits for new ones. */
  readonly onLive: () => void;
}

/** Writes the log as chunks of NDJSON, read as fast as the client takes them. A live feed without events writes nothing. */
export async function* eventLines(
  view: EventView,
  asked: LinesRequest,
  context: LinesContext,
): AsyncGenerator<Buffer, void> {
  const request = asked.stream === undefined ? asked : { ...asked, stream: view.streamNamed(asked.stream) };
  const quota: Quota = { left: request.limit ?? Number.MAX_SAFE_INTEGER };
  yield* pastLines(view, request, { ...context, quota });
  if (!request.live || quota.left === 0 || context.signal.aborted) return;
  context.onLive();
  yield* liveLines(view, { ...request, from: context.head }, { ...context, quota });
}

/** How many events may still be written. */
interface Quota {
  left: number;
}

type Counted = LinesContext & { readonly quota: Quota };

async function* pastLines(view: EventView, request: FeedRequest, context: Counted): AsyncGenerator<Buffer, void> {
  const { head, signal, quota } = context;
  if (head === null) return;
  let chunk = '';
  for await (const page of pastEvents(view.log, request, head)) {
    if (signal.aborted) return;
    chunk += linesOf(view, page, quota);
    if (quota.left === 0) break;
    if (chunk.length < CHUNK) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

async function* liveLines(view: EventView, request: FeedRequest, context: Counted): AsyncGenerator<Buffer, void> {
  const { signal, quota } = context;
  for await (const page of liveEvents(view.log, request, signal)) {
    yield Buffer.from(linesOf(view, page, quota));
    if (quota.left === 0) return;
  }
}

/** Writes the lines of as many events as the quota allows. */
function linesOf(view: EventView, page: readonly EventText[], quota: Quota): string {
  const events = page.length > quota.left ? page.slice(0, quota.left) : page;
  quota.left -= events.length;
  const shown = showingPositions(view.log.logId);
  let lines = '';
  for (const event of events) lines += view.lineOf(shown(event));
  return lines;
}
