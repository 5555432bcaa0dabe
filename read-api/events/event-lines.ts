import { showingPositions } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore, EventText } from '../../infra/event-store/index.js';
import { liveEvents, pastEvents } from './event-feed.js';
import type { FeedRequest } from './event-feed.js';
import { pastEnd, requestInLog, timesEnd, withTimes } from './feed-filters.js';
import type { FeedFilters } from './feed-filters.js';
import { picked } from './event-view.js';
import { LineBuffer } from './line-buffer.js';
import type { EventView } from './event-view.js';

export interface LinesRequest extends FeedFilters {
  /** Whether events that are recorded later follow. */
  readonly live: boolean;
  /** The members that a line has, in this order; absent for all of them. */
  readonly fields?: readonly string[] | undefined;
}

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
  const request = await requestInLog(view, asked);
  const lines: Lines = {
    lineOf: lineWith(view, asked.fields),
    left: asked.limit ?? Number.MAX_SAFE_INTEGER,
  };
  yield* pastLines(view.log, request, { ...context, head: await pastEnd(view.log, asked, context.head), lines });
  const end = timesEnd(asked);
  if (!asked.live || lines.left === 0 || context.signal.aborted || end?.aborted === true) return;
  context.onLive();
  const signal = end === null ? context.signal : AbortSignal.any([context.signal, end]);
  yield* liveLines(view.log, withTimes({ ...request, from: context.head }, asked), { signal, lines });
}

const lineWith = (view: EventView, fields: LinesRequest['fields']): EventView['lineOf'] =>
  fields === undefined ? (event) => view.lineOf(event) : (event) => picked(view.lineOf(event), fields);

/** What is written of events. */
interface Lines {
  readonly lineOf: EventView['lineOf'];
  /** How many events may still be written. */
  left: number;
}

interface Writing extends Pick<LinesContext, 'signal'> {
  readonly lines: Lines;
}

async function* pastLines(
  log: EventStore,
  request: FeedRequest,
  { head, signal, lines }: Writing & Pick<LinesContext, 'head'>,
): AsyncGenerator<Buffer, void> {
  if (head === null) return;
  const buffer = new LineBuffer();
  for await (const page of pastEvents(log, request, head)) {
    if (signal.aborted) return;
    for (const line of linesOf(log, page, lines)) {
      const full = buffer.add(line);
      if (full !== null) yield full;
    }
    if (lines.left === 0) break;
  }
  const rest = buffer.take();
  if (rest.length > 0) yield rest;
}

async function* liveLines(
  log: EventStore,
  request: FeedRequest,
  { signal, lines }: Writing,
): AsyncGenerator<Buffer, void> {
  for await (const page of liveEvents(log, request, signal)) {
    const text = [...linesOf(log, page, lines)].join('');
    if (text !== '') yield Buffer.from(text);
    if (lines.left === 0) return;
  }
}

/** The lines of as many events as may still be written. */
function* linesOf({ logId }: EventStore, page: readonly EventText[], lines: Lines): Generator<string, void> {
  const events = page.length > lines.left ? page.slice(0, lines.left) : page;
  lines.left -= events.length;
  const shown = showingPositions(logId);
  for (const event of events) yield lines.lineOf(shown(event));
}
