import type { Db } from 'mongodb';
import { CollectionLayout } from './collection-layout.js';
import { keyOf, type CollectionStates, type NameState, type VersionState } from './collection-states.js';
import { DocumentReader } from './document-reader.js';
import { DocumentWriter } from './document-writer.js';
import type { DocumentRecord } from './document-record.js';
import type { IndexDefinition } from '../../shared/document-query.js';
import type { CollectionRef } from '../../read-model-store/read-model-store.js';

/** How long what the state document said may be relied on, milliseconds. */
const GOOD_FOR_MS = 100;

/** After so long nobody relies any more on what a state document said before; clocks may differ in pace. */
export const FORGOTTEN_AFTER_MS = 1.5 * GOOD_FOR_MS;

export interface OpenCollection {
  /** Where its documents lie. */
  readonly collection: string;
  readonly reader: DocumentReader;
  readonly writer: DocumentWriter;
}

interface KnownName {
  readonly live: string;
  readonly versions: ReadonlyMap<string, OpenCollection>;
  readonly askedAt: number;
  /** Until then the state is surely what it was. */
  readonly goodUntil: number;
}

/**
 * Which collection a name stands for, remembered for a moment. A live version changes in two steps: the change is
 * announced, and made when all that was remembered before has expired. A read that ends within its time therefore saw the
 * live version whole; any other asks again before it answers.
 */
export class KnownCollections {
  readonly #names = new Map<string, KnownName>();
  readonly #asking = new Map<string, Promise<KnownName | undefined>>();

  constructor(
    private readonly db: Db,
    private readonly states: CollectionStates,
  ) {}

  /** For a read, whose answer counts only if `isStill` says so. */
  async forReading(ref: CollectionRef): Promise<OpenCollection | undefined> {
    return pick(this.#good(nameOf(ref)), ref) ?? pick(await this.#askOnce(nameOf(ref)), ref);
  }

  async isStill(ref: CollectionRef, { collection }: OpenCollection): Promise<boolean> {
    const known = this.#good(nameOf(ref)) ?? (await this.#ask(nameOf(ref)));
    return pick(known, ref)?.collection === collection;
  }

  /** For a commit, which is recorded only where the collection is still the one. */
  async forWriting(ref: CollectionRef): Promise<OpenCollection | undefined> {
    const name = nameOf(ref);
    return pick(this.#names.get(name), ref) ?? pick(await this.#ask(name), ref);
  }

  forget(name: string): void {
    this.#names.delete(name);
  }

  #good(name: string): KnownName | undefined {
    const known = this.#names.get(name);
    return known !== undefined && performance.now() < known.goodUntil ? known : undefined;
  }

  #askOnce(name: string): Promise<KnownName | undefined> {
    const asking = this.#asking.get(name) ?? this.#ask(name).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking;
  }

  async #ask(name: string): Promise<KnownName | undefined> {
    const askedAt = performance.now();
    const state = await this.states.find(name);
    const before = this.#names.get(name);
    if (state === null) {
      this.#names.delete(name);
      return undefined;
    }
    const known = this.#opened(state, askedAt, before);
    if (before === undefined || before.askedAt < askedAt) this.#names.set(name, known);
    return known;
  }

  #opened({ live, moving, versions }: NameState, askedAt: number, before: KnownName | undefined): KnownName {
    const opened = new Map<string, OpenCollection>();
    for (const [key, state] of Object.entries(versions)) {
      const same = before?.versions.get(key);
      opened.set(key, same?.collection === state.collection ? same : this.#open(state));
    }
    return { live, versions: opened, askedAt, goodUntil: moving === undefined ? askedAt + GOOD_FOR_MS : askedAt };
  }

  #open({ collection, indexes }: VersionState): OpenCollection {
    const documents = this.db.collection<DocumentRecord>(collection);
    const layout = new CollectionLayout(JSON.parse(indexes) as IndexDefinition[]);
    return {
      collection,
      reader: new DocumentReader(documents, layout),
      writer: new DocumentWriter(documents, layout),
    };
  }
}

const nameOf = (ref: CollectionRef): string => (typeof ref === 'string' ? ref : ref.name);

const pick = (known: KnownName | undefined, ref: CollectionRef): OpenCollection | undefined =>
  known?.versions.get(typeof ref === 'string' ? known.live : keyOf(ref));
