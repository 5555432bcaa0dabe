import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { Position } from '../../shared/position.js';
import type { ErasedAggregate } from './erased.js';
import type { SnapshotStore } from './snapshot-store.js';

/** An aggregate's state as this process last saw it; `state` belongs to the executor, which changes it in place. */
export interface FoldedAggregate {
  state: unknown;
  /** -1 when there is no such stream. */
  revision: number;
  position: Position | null;
  /** Commands found in the stream: the last ones, at most `REMEMBERED_COMMANDS`. */
  readonly commands: Set<string>;
  /** Whether `commands` holds every command of the stream, so that a missing one is known to be new. */
  commandsComplete: boolean;
  /** Revision of the newest snapshot, -1 without one. */
  snapshotRevision: number;
}

export interface LoadOptions {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** Last revision to fold; the end of the stream when absent. */
  readonly upTo?: number;
}

const REMEMBERED_COMMANDS = 512;
const SNAPSHOT_EVERY = 500;

/** Makes the aggregate of a stream that is not there. */
export const noAggregate = ({ decider }: ErasedAggregate): FoldedAggregate => ({
  state: decider.initialState(),
  revision: -1,
  position: null,
  commands: new Set(),
  commandsComplete: true,
  snapshotRevision: -1,
});

/** Folds a stream, from its snapshot or its beginning. */
export async function loadAggregate(
  aggregate: ErasedAggregate,
  stream: string,
  options: LoadOptions,
): Promise<FoldedAggregate> {
  const { upTo = Number.MAX_SAFE_INTEGER, store } = options;
  const folded = (await fromSnapshot(aggregate, stream, options)) ?? noAggregate(aggregate);
  if (folded.revision >= upTo) return folded;
  const limit = options.upTo === undefined ? {} : { limit: upTo - folded.revision };
  for await (const event of store.read(stream, { from: folded.revision + 1, ...limit })) fold(aggregate, folded, event);
  return folded;
}

/** Loads the snapshot that folding may begin with; null without one of this shape, and where it is newer than what is wanted. */
async function fromSnapshot(
  { snapshot }: ErasedAggregate,
  stream: string,
  { snapshots, upTo = Number.MAX_SAFE_INTEGER }: LoadOptions,
): Promise<FoldedAggregate | null> {
  const found = snapshot && (await snapshots.load(stream));
  if (found === undefined || found.version !== snapshot?.version || found.revision > upTo) return null;
  const { revision, position } = found;
  const state = snapshot.read(found.state);
  return { state, revision, position, commands: new Set(), commandsComplete: false, snapshotRevision: revision };
}

function fold(aggregate: ErasedAggregate, folded: FoldedAggregate, event: RecordedEvent): void {
  folded.state = aggregate.decider.evolve(folded.state, event);
  folded.revision = event.revision;
  folded.position = event.position;
  rememberCommand(folded, event.metadata.commandId);
}

/** Notes that the state has the events of a command, and forgets the oldest where it knows too many. */
export function rememberCommand(folded: FoldedAggregate, commandId: string): void {
  folded.commands.add(commandId);
  if (folded.commands.size <= REMEMBERED_COMMANDS) return;
  const oldest = folded.commands.values().next();
  if (!oldest.done) folded.commands.delete(oldest.value);
  folded.commandsComplete = false;
}

/** Saves a snapshot of a recorded state, where the last one is old. */
export function keepSnapshot(
  { aggregate, stream }: { readonly aggregate: ErasedAggregate; readonly stream: string },
  folded: FoldedAggregate,
  snapshots: SnapshotStore,
): void {
  const { snapshot } = aggregate;
  const { revision, position } = folded;
  if (snapshot === undefined || position === null || revision - folded.snapshotRevision < SNAPSHOT_EVERY) return;
  folded.snapshotRevision = revision;
  const { version } = snapshot;
  const state = snapshot.write(folded.state);
  // A snapshot is derived data: without it the next load folds more events.
  snapshots.save(stream, { version, revision, position, state }).catch(() => undefined);
}
