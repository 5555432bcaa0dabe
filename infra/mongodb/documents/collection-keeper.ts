import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { JsonObject } from '../../../domain/shared/json.js';
import { checkIndex, CollectionLayout } from './collection-layout.js';
import { keyOf, type CollectionStates, type NameState, type VersionState } from './collection-states.js';
import { docOf, recordOf, type DocumentRecord } from './document-record.js';
import { wasDropped } from './driver-errors.js';
import { FORGOTTEN_AFTER_MS } from './known-collections.js';
import {
  CheckpointConflictError,
  ReadModelStoreUnavailableError,
  type CollectionDefinition,
  type CollectionVersion,
} from '../../read-model-store/read-model-store.js';

const PAGE = 500;
/** Others may be at work on the same name at the same time. */
const ATTEMPTS = 10;

/** Makes, indexes, swaps and drops collections. Every step may be repeated after a crash, by any process. */
export class CollectionKeeper {
  constructor(
    private readonly db: Db,
    private readonly states: CollectionStates,
  ) {}

  async ensure(definition: CollectionDefinition): Promise<void> {
    definition.indexes.forEach(checkIndex);
    const layout = new CollectionLayout(definition.indexes);
    await attempt(definition.name, async () => {
      const state = await this.states.find(definition.name);
      const version = state?.versions[keyOf(definition)];
      if (state === null || version === undefined) {
        // Entered before it is made, so that whoever tidies up knows it; the next attempt finds who was first.
        await this.states.create(definition, newName(definition));
        return false;
      }
      if (version.indexes !== JSON.stringify(definition.indexes)) {
        return this.#reindex(definition, version, layout);
      }
      await this.#createIndexes(version.collection, layout);
      await this.states.silence(state);
      await this.#tidy(definition.name);
      return true;
    });
  }

  async promote(version: CollectionVersion): Promise<void> {
    const key = keyOf(version);
    await attempt(version.name, async () => {
      const state = await this.states.find(version.name);
      if (state?.versions[key] === undefined) throw new CheckpointConflictError(version.name);
      const others = Object.keys(state.versions).filter((other) => other !== key);
      if (state.live === key && others.length === 0) return true;
      const token = await this.#announce(version.name);
      return this.states.promote(version, others, token);
    });
    await this.#tidy(version.name);
  }

  /** Drops what a runner whose collection was dropped has brought back with its last documents. */
  async dropIfGone(name: string, collection: string): Promise<void> {
    if (!collectionsOf(await this.states.find(name)).has(collection)) await this.#drop(collection);
  }

  async #drop(collection: string): Promise<void> {
    try {
      await this.db.dropCollection(collection);
    } catch (error) {
      // Somebody else was faster; not every server says so by MongoDB's own code, so what counts is that it is gone.
      if (!wasDropped(error) && (await this.#exists(collection))) throw error;
    }
  }

  async #exists(name: string): Promise<boolean> {
    return (await this.db.listCollections({ name }, { nameOnly: true }).toArray()).length > 0;
  }

  /** Resolves to its token when nobody relies any more on what the state was before. */
  async #announce(name: string): Promise<string> {
    const token = randomBytes(8).toString('hex');
    await this.states.announce(name, token);
    await delay(FORGOTTEN_AFTER_MS);
    return token;
  }

  /** Copies the documents to a collection of their own with the new indexes; whether it has taken the old one's place. */
  async #reindex(definition: CollectionDefinition, version: VersionState, layout: CollectionLayout): Promise<boolean> {
    const next = newName(definition);
    if (!(await this.states.prepare(definition, version, next))) return false;
    await this.#createIndexes(next, layout);
    await this.#copy(version.collection, next, layout);
    const token = await this.#announce(definition.name);
    const isSwapped = await this.states.swap(definition, { ...version, next }, token);
    await this.#tidy(definition.name);
    return isSwapped;
  }

  async #copy(from: string, to: string, layout: CollectionLayout): Promise<void> {
    const target = this.db.collection<DocumentRecord>(to);
    let page: DocumentRecord[] = [];
    const records = this.db.collection<DocumentRecord>(from).find({}, { batchSize: PAGE });
    for await (const record of records) {
      const doc = docOf(record) as JsonObject | null;
      page.push({ _id: record._id, ...recordOf({ id: record._id, position: record.position, doc }, layout) });
      if (page.length < PAGE) continue;
      await target.insertMany(page, { ordered: false });
      page = [];
    }
    if (page.length > 0) await target.insertMany(page, { ordered: false });
  }

  /** Makes the collection too; indexes that are there are left as they are. */
  async #createIndexes(collection: string, layout: CollectionLayout): Promise<void> {
    const descriptions = layout.descriptions();
    if (descriptions.length > 0) await this.db.collection(collection).createIndexes(descriptions);
  }

  /** Drops the collections of a name that no version has: after a promotion, and what a crash has left. */
  async #tidy(name: string): Promise<void> {
    // Listed before the state is read: what is entered later is not in the list.
    const listed = await this.db.listCollections({}, { nameOnly: true }).toArray();
    const kept = collectionsOf(await this.states.find(name));
    for (const { name: collection } of listed) {
      if (collection.startsWith(`${name}@`) && !kept.has(collection)) await this.#drop(collection);
    }
  }
}

const newName = (version: CollectionVersion): string =>
  `${version.name}@${keyOf(version)}.${randomBytes(4).toString('hex')}`;

const collectionsOf = (state: NameState | null): ReadonlySet<string | undefined> =>
  new Set(Object.values(state?.versions ?? {}).flatMap(({ collection, next }) => [collection, next]));

async function attempt(name: string, work: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < ATTEMPTS; count += 1) if (await work()) return;
  throw new ReadModelStoreUnavailableError(`others are changing ${name} at the same time; try again`);
}
