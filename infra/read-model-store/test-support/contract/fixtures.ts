import { type Checkpoint, positionOfNumber } from '../../../shared/position.js';
import type { JsonObject } from '../../../../domain/shared/json.js';
import type { CheckpointMove, CollectionDefinition, DocumentWrite, ReadModelStore } from '../../read-model-store.js';

export const at = positionOfNumber;

export const notes: CollectionDefinition = {
  name: 'notes',
  version: 1,
  indexes: [
    { name: 'by-author', fields: ['author.name', 'at'] },
    { name: 'by-at', fields: ['at'] },
    { name: 'by-tag', each: 'tags', fields: ['tag', 'at'] },
    { name: 'by-word', each: 'words', fields: ['word'] },
  ],
};

export const checkpointAt = (position: number, logId = 'log'): Checkpoint => ({ logId, position: at(position) });

export const write = (id: string, position: number, doc: JsonObject | null): DocumentWrite => ({
  id,
  position: at(position),
  doc,
});

/** Commits at the checkpoint that the store has, as the only runner. */
export async function put(
  store: ReadModelStore,
  collection: CollectionDefinition,
  writes: DocumentWrite[],
): Promise<void> {
  await store.commit(collection, writes, await nextMove(store, collection));
}

export async function nextMove(store: ReadModelStore, collection: CollectionDefinition): Promise<CheckpointMove> {
  const expected = await store.checkpoint(collection);
  return { expected, next: checkpointAt(Number(expected?.position ?? 0) + 1) };
}
