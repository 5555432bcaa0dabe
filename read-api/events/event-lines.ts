import { showingPositions } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/event-store/index.js';
import { liveEvents, pastEvents } from './event-feed.js';
import type { FeedRequest } from './event-feed.js';
import type { EventView } from './event-view.js';

export interface LinesRequest extends FeedRequest {
  /** Most events. */
  readonly limit?: number | undefined;
  /** Goes on with what is recorded later. */
  readonly live: boolean;
}

/** Lines are written together up to about this many characters. */
const CHUNK = 32_768;

export interface LinesContext {
  /** The end of the log when the request came; what is past it is for live feeds. */
  readonly head: Position | null;
  readonly signal: AbortSignal;
  /** All that was there has been taken; what follows may be long in coming. */
  readonly onLive: () => void;
}

/** The log as chunks of NDJSON, read only as fast as they are taken. A live feed with nothing to tell writes nothing. */
export async function* eventLines(
  view: EventView,
  asked: LinesRequest,
  context: LinesContext,
): AsyncGenerator<string, void> {
  const request = asked.stream === undefined ? asked : { ...asked, stream: view.streamNamed(asked.stream) };
  const quota: Quota = { left: request.limit ?? Number.MAX_SAFE_INTEGER };
  yield* pastLines(view, request, { ...context, quota });
  if (!request.live || quota.left === 0 || context.signal.aborted) return;
  context.onLive();
  yield* liveLines(view, { ...request, from: context.head }, { ...context, quota });
}

/** Events that may still be answered. */
interface Quota {
  left: number;
}

type Counted = LinesContext & { readonly quota: Quota };

async function* pastLines(view: EventView, request: FeedRequest, context: Counted): AsyncGenerator<string, void> {
  const { head, signal, quota } = context;
  if (head === null) return;
  const shown = showingPositions(view.log.logId);
  let chunk = '';
  for await (const event of pastEvents(view.log, request, head)) {
    if (signal.aborted) return;
    chunk += view.lineOf(shown(event));
    quota.left -= 1;
    if (quota.left === 0) break;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* liveLines(view: EventView, request: FeedRequest, context: Counted): AsyncGenerator<string, void> {
  const { signal, quota } = context;
  const shown = showingPositions(view.log.logId);
  for await (const page of liveEvents(view.log, request, signal)) {
    const events = page.slice(0, quota.left);
    quota.left -= events.length;
    yield events.map((event) => view.lineOf(shown(event))).join('');
    if (quota.left === 0) return;
  }
}
