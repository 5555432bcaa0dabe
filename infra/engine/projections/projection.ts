import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { DocumentPut } from '../../document-store/index.js';
import type {
  CollectionCommit,
  CollectionDefinition,
  CommittedDocuments,
  DocumentWrite,
  ProjectionStore,
} from '../../read-model-store/index.js';
import {
  labelOf,
  loadParkedKeys,
  parkedEventRecord,
  parkedKeyRecord,
  parkingDocuments,
  streamKey,
} from './parked-keys.js';
import { keysOf, type AnyReadModel, type Fold } from './read-model.js';

type AnyFold = Fold<JsonObject, JsonObject>;

/** A document while it is folded. */
interface WorkingDocument {
  readonly id: string;
  position: Position | null;
  doc: JsonObject | null;
  /** The store has it, be it as deleted. */
  isStored: boolean;
  /** It has changed in the page that is being folded. */
  isChanged: boolean;
}

/** Folds one event into one document. */
interface Step {
  readonly event: RecordedEvent;
  readonly fold: AnyFold;
  readonly document: WorkingDocument;
}

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

/** Keeps a read model in one collection: takes the events of a page, folds them and lists what to write. */
export class Projection {
  readonly label: string;
  readonly cache: DocumentCache;
  isLive: boolean;
  isComplete: boolean;
  /** The checkpoint in the store. */
  persisted: Checkpoint | null = null;
  /** Everything up to here is in the stored documents; may be ahead of the stored checkpoint. */
  folded: Position | null = null;
  parked = new Map<string, Position>();
  #steps: Step[] = [];
  #unread: WorkingDocument[] = [];
  #changed: WorkingDocument[] = [];
  #parkedKeys: DocumentPut[] = [];
  #parkedEvents: DocumentPut[] = [];

  constructor(readonly parts: ProjectionParts) {
    this.label = labelOf(parts.collection);
    this.cache = new DocumentCache(parts.cachedDocuments);
    this.isLive = parts.isLive;
    this.isComplete = parts.isComplete;
  }

  get model(): AnyReadModel {
    return this.parts.model;
  }

  /** Drops what is in memory and starts again from what is stored. */
  async reload(): Promise<void> {
    const { store, collection } = this.parts;
    this.cache.clear();
    this.#clearPage();
    this.persisted = await store.checkpoint(collection);
    this.folded = this.persisted?.position ?? null;
    this.parked = await loadParkedKeys(store, this.label);
  }

  /** Takes an event into the page, unless it is folded already. */
  take(event: RecordedEvent, fold: AnyFold): void {
    if (this.folded !== null && event.position <= this.folded) return;
    if (this.parked.size > 0 && this.#isParked(streamKey(event.stream), event)) {
      this.#parkEvent(streamKey(event.stream), event);
      return;
    }
    let keys: string | readonly string[];
    try {
      keys = keysOf(fold, event);
    } catch (error) {
      this.#parkKey(streamKey(event.stream), event, error);
      return;
    }
    if (typeof keys === 'string') this.#step(event, fold, keys);
    else for (const id of keys) this.#step(event, fold, id);
  }

  /** Folds the events of the page. */
  async fold(): Promise<void> {
    await this.#read();
    let at = -1;
    for (const { event, fold, document } of this.#steps) {
      at += 1;
      if (this.parked.size > 0 && this.#isParked(document.id, event)) {
        this.#parkEvent(document.id, event);
        continue;
      }
      if (document.position !== null && event.position <= document.position) continue;
      try {
        document.doc = fold.evolve(document.doc, event, document.id);
        document.position = event.position;
        this.#change(document);
      } catch (error) {
        await this.#restore(document, at);
        this.#parkKey(document.id, event, error);
      }
    }
  }

  /** Lists the writes of the page with the move of its checkpoint; null where it changes nothing. */
  commit(next: Checkpoint): CollectionCommit | null {
    const writes: DocumentWrite[] = [];
    for (const { id, position, doc, isStored } of this.#changed) {
      if (position !== null && (doc !== null || isStored)) writes.push({ id, position, doc });
    }
    if (writes.length === 0 && this.#parkedEvents.length === 0) return null;
    return { collection: this.parts.collection, writes, move: { expected: this.persisted, next } };
  }

  /** Lists what the page parks, to be stored no later than the checkpoint that moves over it. */
  parking(): readonly CommittedDocuments[] {
    return this.#parkedEvents.length === 0 ? [] : parkingDocuments(this.#parkedKeys, this.#parkedEvents);
  }

  /** Ends the page; `checkpoint`: the one that was stored with it, if any. */
  settle(upTo: Position, checkpoint: Checkpoint | null): void {
    for (const document of this.#changed) {
      document.isChanged = false;
      document.isStored ||= document.doc !== null;
    }
    this.#clearPage();
    this.cache.endPage();
    if (checkpoint !== null) this.persisted = checkpoint;
    if (this.folded === null || this.folded < upTo) this.folded = upTo;
  }

  #clearPage(): void {
    this.#steps = [];
    this.#unread = [];
    this.#changed = [];
    this.#parkedKeys = [];
    this.#parkedEvents = [];
  }

  #step(event: RecordedEvent, fold: AnyFold, id: string): void {
    let document = this.cache.get(id);
    if (document === undefined) {
      document = { id, position: null, doc: null, isStored: false, isChanged: false };
      this.cache.add(document);
      this.#unread.push(document);
    }
    this.#steps.push({ event, fold, document });
  }

  async #read(): Promise<void> {
    if (this.#unread.length === 0) return;
    const { store, collection } = this.parts;
    const loaded = await store.load(
      collection,
      this.#unread.map(({ id }) => id),
    );
    for (const document of this.#unread) {
      const stored = loaded.get(document.id);
      if (stored === undefined) continue;
      document.position = stored.position;
      document.doc = stored.doc;
      document.isStored = true;
    }
  }

  #change(document: WorkingDocument): void {
    if (document.isChanged) return;
    document.isChanged = true;
    this.#changed.push(document);
  }

  /** Makes a document again, from the store and the steps before, that a fold which threw may have half changed. */
  async #restore(document: WorkingDocument, failed: number): Promise<void> {
    const stored = (await this.parts.store.load(this.parts.collection, [document.id])).get(document.id);
    document.position = stored?.position ?? null;
    document.doc = stored?.doc ?? null;
    for (const { event, fold, document: other } of this.#steps.slice(0, failed)) {
      if (other !== document || (document.position !== null && event.position <= document.position)) continue;
      document.doc = fold.evolve(document.doc, event, document.id);
      document.position = event.position;
    }
  }

  #isParked(key: string, event: RecordedEvent): boolean {
    const since = this.parked.get(key);
    return since !== undefined && since <= event.position;
  }

  #parkKey(key: string, event: RecordedEvent, cause: unknown): void {
    const error = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.parked.set(key, event.position);
    this.#parkedKeys.push(parkedKeyRecord({ projection: this.label, key, since: event.position, error }));
    this.#parkEvent(key, event);
    const { correlationId } = event.metadata;
    this.parts.onParked({ projection: this.label, key, error, eventId: event.id, correlationId });
  }

  #parkEvent(key: string, event: RecordedEvent): void {
    this.#parkedEvents.push(parkedEventRecord(this.label, key, event));
  }
}

/** The documents folded last, as they are in the store: all those of the page under way, and the last of pages before. */
export class DocumentCache {
  /** Never evicted before the page ends: all events of a page must meet the same document. */
  readonly #page = new Map<string, WorkingDocument>();
  readonly #before: LRUCache<string, WorkingDocument>;

  constructor(limit: number) {
    this.#before = new LRUCache({ max: limit });
  }

  get(id: string): WorkingDocument | undefined {
    const inPage = this.#page.get(id);
    if (inPage !== undefined) return inPage;
    const before = this.#before.get(id);
    if (before !== undefined) this.#page.set(id, before);
    return before;
  }

  add(document: WorkingDocument): void {
    this.#page.set(document.id, document);
  }

  delete(id: string): void {
    this.#page.delete(id);
    this.#before.delete(id);
  }

  /** The page is over: what it used may be evicted from now on. */
  endPage(): void {
    for (const [id, document] of this.#page) this.#before.set(id, document);
    this.#page.clear();
  }

  clear(): void {
    this.#page.clear();
    this.#before.clear();
  }
}
