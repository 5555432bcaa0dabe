import type { EventStore } from '../../event-store/index.js';
import type { Position } from '../../shared/position.js';
import type { Comparison } from './model-comparison.js';
import type { ModelRebuild } from './model-rebuild.js';

/** Hears how far a rebuild has come; what it throws ends the rebuild, which another one goes on with. */
export interface BuildListener {
  readonly onBuilt: (position: Position) => void;
  readonly onCompared: (documents: number) => void;
}

/**
 * Builds a read model beside the live one up to the end of the log, and compares the two on the way; null where they cannot be
 * compared. It is yet to be handed over.
 * @throws CheckpointConflictError another rebuild of the same model is at work
 */
export async function buildBeside(
  rebuild: ModelRebuild,
  eventStore: Pick<EventStore, 'head'>,
  { onBuilt, onCompared }: BuildListener,
): Promise<Comparison | null> {
  const head = await eventStore.head();
  const target = rebuild.comparableAt(head);
  // First only as far as the live one has come, so that the two can be compared also where that one stands still.
  await rebuild.buildUpTo(target ?? head, onBuilt);
  if (target !== null) onCompared(0);
  const comparison = target === null ? null : await rebuild.compare(onCompared);
  await rebuild.buildUpTo(await eventStore.head(), onBuilt);
  return comparison;
}
