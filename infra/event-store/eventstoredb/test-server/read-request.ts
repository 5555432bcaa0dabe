import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventFilter } from './event-filter.js';
import { eventFilterOf } from './event-filter.js';
import { streamNameOf } from './identifiers.js';
import type { Position } from './position.js';
import { END, START } from './position.js';
import { invalidArgument } from './rpc-errors.js';

interface SharedOptions {
  readonly backwards: boolean;
  /** How many events at most; undefined asks for a subscription. */
  readonly count: number | undefined;
  readonly structuredIds: boolean;
}

/** What a Read asks for. A revision is -1 for the start and Infinity for the end. */
export type ReadRequest =
  | (SharedOptions & { readonly kind: 'stream'; readonly stream: string; readonly revision: number })
  | (SharedOptions & { readonly kind: 'all'; readonly position: Position; readonly filter: EventFilter | undefined });

export type StreamRequest = Extract<ReadRequest, { kind: 'stream' }>;
export type AllRequest = Extract<ReadRequest, { kind: 'all' }>;

export function readRequestOf(request: ReadReq): ReadRequest {
  const options = request.getOptions();
  if (options === undefined) throw invalidArgument('Read without options.');
  const base: SharedOptions = {
    backwards: options.getReadDirection() === 1,
    count: options.hasCount() ? Number(options.getCount()) : undefined,
    structuredIds: !(options.getUuidOption()?.hasString() ?? false),
  };
  if (base.backwards && base.count === undefined) throw invalidArgument('A subscription cannot go backwards.');
  const stream = options.getStream();
  if (stream !== undefined) {
    return {
      ...base,
      kind: 'stream',
      stream: streamNameOf(stream.getStreamIdentifier()),
      revision: revisionOf(stream),
    };
  }
  const all = options.getAll();
  if (all === undefined) throw invalidArgument('Read of neither a stream nor $all.');
  const filter = options.getFilter();
  return {
    ...base,
    kind: 'all',
    position: positionOf(all),
    filter: filter === undefined ? undefined : eventFilterOf(filter),
  };
}

function revisionOf(stream: ReadReq.Options.StreamOptions): number {
  if (stream.hasRevision()) return Number(stream.getRevision());
  return stream.hasEnd() ? Number.POSITIVE_INFINITY : -1;
}

function positionOf(all: ReadReq.Options.AllOptions): Position {
  const position = all.getPosition();
  if (position === undefined) return all.hasEnd() ? END : START;
  return { commit: Number(position.getCommitPosition()), prepare: Number(position.getPreparePosition()) };
}
