import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import { rememberCommand, type CachedAggregate } from './aggregate-cache.js';
import type { ErasedAggregate } from './erased.js';
import type { SnapshotStore } from './snapshot-store.js';

export interface LoadOptions {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** Last revision to fold; the end of the stream when absent. */
  readonly upTo?: number;
}

const NO_SNAPSHOT = -1;

/** Folds a stream, from its snapshot or its beginning. */
export async function loadAggregate(
  aggregate: ErasedAggregate,
  stream: string,
  options: LoadOptions,
): Promise<CachedAggregate> {
  const { upTo = Number.MAX_SAFE_INTEGER, store } = options;
  const entry = await startingPoint(aggregate, stream, options);
  if (entry.revision >= upTo) return entry;
  const limit = options.upTo === undefined ? {} : { limit: upTo - entry.revision };
  for await (const event of store.read(stream, { from: entry.revision + 1, ...limit }))
    foldRecorded(aggregate, entry, event);
  return entry;
}

async function startingPoint(
  aggregate: ErasedAggregate,
  stream: string,
  options: LoadOptions,
): Promise<CachedAggregate> {
  const { snapshot } = aggregate;
  if (snapshot !== undefined) {
    const found = await options.snapshots.load(stream);
    if (
      found !== undefined &&
      found.version === snapshot.version &&
      found.revision <= (options.upTo ?? found.revision)
    ) {
      const { revision, position, state } = found;
      const known = { revision, position, snapshotRevision: revision, commandsComplete: false };
      return { ...known, commands: new Set(), state: snapshot.read(state) };
    }
  }
  return noAggregate(aggregate);
}

/** The aggregate of a stream that is not there. */
export const noAggregate = ({ decider }: ErasedAggregate): CachedAggregate => ({
  state: decider.initialState(),
  revision: -1,
  position: null,
  commands: new Set(),
  commandsComplete: true,
  snapshotRevision: NO_SNAPSHOT,
});

/** Folds one recorded event into the aggregate. */
export function foldRecorded(aggregate: ErasedAggregate, entry: CachedAggregate, event: RecordedEvent): void {
  entry.state = aggregate.decider.evolve(entry.state, event);
  entry.revision = event.revision;
  entry.position = event.position;
  rememberCommand(entry, event.metadata.commandId);
}
