import type { JsonObject } from '../../../domain/shared/index.js';
import { PageCache } from '../../shared/page-cache.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { DocumentPut } from '../../document-store/index.js';
import type { CollectionCommit, CommittedDocuments, DocumentWrite } from '../../read-model-store/index.js';
import {
  labelOf,
  loadParkedKeys,
  parkedEventRecord,
  parkedKeyRecord,
  parkingDocuments,
  streamKey,
} from './parked-keys.js';
import type { ProjectionParts, WorkingDocument } from './projection-parts.js';
import { keysOf, type AnyReadModel, type Fold, type PassedOn } from './read-model.js';

type AnyFold = Fold<JsonObject, JsonObject>;
type AnyPassedOn = PassedOn<JsonObject>;

/** Folds one event into one document. */
interface Step {
  readonly event: RecordedEvent;
  readonly fold: AnyFold;
  readonly document: WorkingDocument;
}

/** A change of one document by one event; made again where a later one fails half-way. */
interface Change {
  readonly event: RecordedEvent;
  readonly document: WorkingDocument;
  readonly evolve: (doc: JsonObject | null) => JsonObject | null;
  /** The same document back says that it is not changed. */
  readonly isKept: boolean;
}

/** Keeps a read model in one collection: takes the events of a page, folds them and lists what to write. */
export class Projection {
  readonly label: string;
  readonly cache: PageCache<WorkingDocument>;
  isLive: boolean;
  isComplete: boolean;
  /** The checkpoint in the store. */
  persisted: Checkpoint | null = null;
  /** Everything up to here is in the stored documents; may be ahead of the stored checkpoint. */
  folded: Position | null = null;
  parked = new Map<string, Position>();
  #steps: Step[] = [];
  #unread: WorkingDocument[] = [];
  #made: Change[] = [];
  #changed: WorkingDocument[] = [];
  #parkedKeys: DocumentPut[] = [];
  #parkedEvents: DocumentPut[] = [];

  constructor(readonly parts: ProjectionParts) {
    this.label = labelOf(parts.collection);
    this.cache = new PageCache(parts.cachedDocuments);
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
      return this.#parkEvent(streamKey(event.stream), event);
    }
    let keys: string | readonly string[];
    try {
      keys = keysOf(fold, event);
    } catch (error) {
      return this.#parkKey(streamKey(event.stream), event, error);
    }
    if (typeof keys === 'string') this.#step(event, fold, keys);
    else for (const id of new Set(keys)) this.#step(event, fold, id);
  }

  /** Folds the events of the page. */
  async fold(): Promise<void> {
    await this.#read();
    // Passed on to documents that the page does not read otherwise: they are read at once, when all that they get is known.
    const late: Change[] = [];
    for (const { event, fold, document } of this.#steps) {
      const passedOn = await this.#take(event, fold, document);
      document.isSource ||= passedOn.length > 0;
      for (const { id, evolve } of passedOn) {
        const target = this.#documentOf(id);
        target.depth = Math.max(target.depth, document.depth + 1);
        const change = { event, document: target, evolve, isKept: false };
        if (target.isRead) await this.#apply(change);
        else late.push(change);
      }
    }
    await this.#read();
    for (const change of late) await this.#apply(change);
  }

  /**
   * Lists the writes of the page with the move of its checkpoint; empty where it changes nothing. Documents that were passed on to
   * come first, of all those that pass nothing on: what does is folded again after a crash until it is written itself.
   */
  commit(next: Checkpoint): readonly CollectionCommit[] {
    const { collection } = this.parts;
    const ranks = new Map<number, DocumentWrite[]>([[0, []]]);
    let count = 0;
    for (const { id, position, doc, isStored, depth, isSource } of this.#changed) {
      if (position === null || (doc === null && !isStored)) continue;
      const rank = depth > 0 && !isSource ? Infinity : depth;
      const writes = ranks.get(rank) ?? [];
      writes.push({ id, position, doc });
      ranks.set(rank, writes);
      count += 1;
    }
    if (count === 0 && this.#parkedEvents.length === 0) return [];
    const move = { expected: this.persisted, next };
    const inOrder = [...ranks].toSorted(([one], [other]) => (one < other ? 1 : -1));
    return inOrder.map(([rank, writes]) => ({ collection, writes, ...(rank === 0 ? { move } : {}) }));
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
      document.last = null;
      document.depth = 0;
      document.isSource = false;
    }
    this.#clearPage();
    this.cache.endPage();
    if (checkpoint !== null) this.persisted = checkpoint;
    if (this.folded === null || this.folded < upTo) this.folded = upTo;
  }

  #clearPage(): void {
    this.#steps = [];
    this.#unread = [];
    this.#made = [];
    this.#changed = [];
    this.#parkedKeys = [];
    this.#parkedEvents = [];
  }

  #step(event: RecordedEvent, fold: AnyFold, id: string): void {
    this.#steps.push({ event, fold, document: this.#documentOf(id) });
  }

  #documentOf(id: string): WorkingDocument {
    const known = this.cache.get(id);
    if (known !== undefined) return known;
    const unknown = { position: null, doc: null, isStored: false, isRead: false };
    const document = { id, ...unknown, isChanged: false, last: null, depth: 0, isSource: false };
    this.cache.add(document);
    this.#unread.push(document);
    return document;
  }

  async #read(): Promise<void> {
    const unread = this.#unread.splice(0);
    if (unread.length === 0) return;
    const { store, collection } = this.parts;
    const ids = unread.map(({ id }) => id);
    const loaded = await store.load(collection, ids);
    for (const document of unread) {
      document.isRead = true;
      const stored = loaded.get(document.id);
      if (stored === undefined) continue;
      document.position = stored.position;
      document.doc = stored.doc;
      document.isStored = true;
    }
  }

  /** Folds an event into a document that it names, and answers what it passes on. */
  async #take(event: RecordedEvent, fold: AnyFold, document: WorkingDocument): Promise<readonly AnyPassedOn[]> {
    let passedOn: readonly AnyPassedOn[] = [];
    const isTaken = await this.#apply({
      event,
      document,
      isKept: fold.passesOn !== undefined,
      evolve: (doc) => {
        passedOn = fold.passesOn?.(doc, event, document.id) ?? [];
        return fold.evolve(doc, event, document.id);
      },
    });
    return isTaken ? passedOn : [];
  }

  /** Whether the change was made: it is not where the document has it already, or is parked. */
  async #apply(change: Change): Promise<boolean> {
    const { event, document, evolve } = change;
    if (this.parked.size > 0 && this.#isParked(document.id, event)) {
      this.#parkEvent(document.id, event);
      return false;
    }
    if (document.position !== null && event.position <= document.position && document.last !== event) return false;
    try {
      const { doc } = document;
      document.doc = evolve(doc);
      if (change.isKept && document.doc === doc) return true;
      document.position = event.position;
      document.last = event;
      this.#made.push(change);
      if (!document.isChanged) this.#changed.push(document);
      document.isChanged = true;
      return true;
    } catch (error) {
      await this.#restore(document);
      this.#parkKey(document.id, event, error);
      return false;
    }
  }

  /** Makes a document again, from the store and the changes before, that one which threw may have half made. */
  async #restore(document: WorkingDocument): Promise<void> {
    const stored = (await this.parts.store.load(this.parts.collection, [document.id])).get(document.id);
    const since = stored?.position ?? null;
    document.position = since;
    document.doc = stored?.doc ?? null;
    for (const { event, document: other, evolve } of this.#made) {
      if (other !== document || (since !== null && event.position <= since)) continue;
      document.doc = evolve(document.doc);
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
