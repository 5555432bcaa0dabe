import type { JsonObject } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { CollectionDefinition, ProjectionStore } from '../../read-model-store/index.js';
import type { AnyReadModel } from './read-model.js';

/** Logged for a key whose events are parked from now on. */
export interface ParkedKey {
  readonly projection: string;
  readonly key: string;
  readonly error: string;
  readonly eventId: string;
  readonly correlationId: string;
}

export interface ProjectionParts {
  readonly model: AnyReadModel;
  readonly collection: CollectionDefinition;
  readonly store: ProjectionStore;
  readonly cachedDocuments: number;
  /** The collection is the one that is read under the model's name; another one is built beside it. */
  readonly isLive: boolean;
  /** It has caught up with the log once. */
  readonly isComplete: boolean;
  readonly onParked: (parked: ParkedKey) => void;
}

/** A document while it is folded. */
export interface WorkingDocument {
  readonly id: string;
  position: Position | null;
  doc: JsonObject | null;
  /** The store has it, be it as deleted. */
  isStored: boolean;
  /** Whether what is stored is known. */
  isRead: boolean;
  /** It has changed in the page that is being folded. */
  isChanged: boolean;
  /** Folded last in this page: one event may be passed on to a document more than once. */
  last: RecordedEvent | null;
  /** How far down it is of what the page passes on: 0 where nothing was passed on to it. */
  depth: number;
  /** It passes on something in this page. */
  isSource: boolean;
}
