import type { Collection, Db, Document, Filter, UpdateFilter } from 'mongodb';
import { isIdTaken } from '../index.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import type {
  CheckpointMove,
  CollectionDefinition,
  CollectionState,
  CollectionVersion,
} from '../../read-model-store/read-model-store.js';

/** How records and states lie in the database; a database of another layout is refused. */
export const LAYOUT = 1;

/** One version of a collection. */
export interface VersionState {
  readonly version: number;
  readonly build: number;
  /** Where its documents lie: a name that is never used again, so that nothing written late is ever found. */
  readonly collection: string;
  /** The collection that is being filled with the same documents under other indexes. */
  readonly next?: string;
  /** The declared indexes as JSON. */
  readonly indexes: string;
  readonly logId: string | null;
  readonly position: Position | null;
  /** Which store moved the checkpoint last. */
  readonly by: string | null;
  /** Goes up with every commit. */
  readonly commits: number;
}

/**
 * What is known of a name: one document in `collections`, so that whatever decides (which version is live, how far each
 * has come) changes atomically without a transaction.
 */
export interface NameState {
  readonly _id: string;
  readonly layout: number;
  /** Key of the live version. */
  readonly live: string;
  /** Set while the live version is about to change: nobody may rely on what this document said. */
  readonly moving?: string;
  readonly versions: Readonly<Record<string, VersionState>>;
}

export const keyOf = ({ version, build }: CollectionVersion): string => `${version}#${build ?? 0}`;

export const checkpointOf = ({ logId, position }: VersionState): Checkpoint | null =>
  logId === null || position === null ? null : { logId, position };

/** The states of all names, and every atomic change of one. */
export class CollectionStates {
  readonly #states: Collection<NameState>;
  readonly #durable: Collection<NameState>;

  constructor(
    db: Db,
    /** Tells this store's own moves from others'. */
    private readonly by: string,
  ) {
    this.#states = db.collection<NameState>('collections');
    this.#durable = db.collection<NameState>('collections', { readConcern: { level: 'majority' } });
  }

  /** The newest; a fail-over may still undo what nobody was told of. */
  find(name: string): Promise<NameState | null> {
    return this.#states.findOne({ _id: name });
  }

  /** What no fail-over undoes: what checkpoints are answered from. */
  findDurable(name: string): Promise<NameState | null> {
    return this.#durable.findOne({ _id: name });
  }

  async all(): Promise<CollectionState[]> {
    const states = await this.#durable.find().sort({ _id: 1 }).toArray();
    return states.flatMap(({ _id, live, versions }) =>
      Object.entries(versions)
        .map(([key, state]) => ({
          name: _id,
          version: state.version,
          build: state.build,
          live: key === live,
          checkpoint: checkpointOf(state),
        }))
        .sort((one, other) => one.version - other.version || one.build - other.build),
    );
  }

  /** A name that was written in another layout; null when there is none. */
  async foreign(): Promise<string | null> {
    const state = await this.#states.findOne({ layout: { $ne: LAYOUT } });
    return state?._id ?? null;
  }

  /** Enters a version unless it is there; the first of its name is live. */
  async create(definition: CollectionDefinition, collection: string): Promise<void> {
    const { name, version, build = 0, indexes } = definition;
    const key = keyOf(definition);
    const state: VersionState = {
      version,
      build,
      collection,
      indexes: JSON.stringify(indexes),
      logId: null,
      position: null,
      by: null,
      commits: 0,
    };
    const update = { $set: { [at(key)]: state }, $setOnInsert: { live: key, layout: LAYOUT } };
    try {
      await this.#update({ _id: name, [at(key)]: { $exists: false } }, update, true);
    } catch (error) {
      if (!isIdTaken(error)) throw error;
    }
  }

  /**
   * Records a commit to the documents in `collection`, with the move of the checkpoint where there is one; whether it was
   * recorded. By compare-and-set: not where somebody else has moved it, nor where the collection is gone. A move whose
   * answer was lost may be asked for again.
   */
  async commit(version: CollectionVersion, collection: string, move: CheckpointMove | undefined): Promise<boolean> {
    const key = keyOf(version);
    const same = { _id: version.name, [at(key, 'collection')]: collection };
    const counted = { $inc: { [at(key, 'commits')]: 1 } };
    if (move === undefined) return this.#update(same, counted);
    const { expected, next } = move;
    const moved = {
      [at(key, 'logId')]: next.logId,
      [at(key, 'position')]: next.position,
      [at(key, 'by')]: this.by,
    };
    const before = {
      [at(key, 'logId')]: expected?.logId ?? null,
      [at(key, 'position')]: expected?.position ?? null,
    };
    return (
      (await this.#update({ ...same, ...before }, { $set: moved, ...counted })) ||
      this.#update({ ...same, ...moved }, counted)
    );
  }

  /** Says that the live version, or where it lies, is about to change. */
  async announce(name: string, token: string): Promise<void> {
    await this.#update({ _id: name }, { $set: { moving: token } });
  }

  /** Takes an announcement back whose maker has gone; if it has not, it announces again. */
  async silence({ _id, moving }: NameState): Promise<void> {
    if (moving !== undefined) await this.#update({ _id, moving }, { $unset: { moving: '' } });
  }

  /** Makes the version live and forgets the others, if nobody else has announced a change. */
  promote(version: CollectionVersion, others: readonly string[], token: string): Promise<boolean> {
    const key = keyOf(version);
    const gone = Object.fromEntries(['moving', ...others.map((other) => at(other))].map((path) => [path, '']));
    const filter = { _id: version.name, moving: token, [at(key)]: { $exists: true } };
    return this.#update(filter, { $set: { live: key }, $unset: gone });
  }

  /** Enters the collection that will follow `state.collection`. */
  prepare(version: CollectionVersion, state: VersionState, next: string): Promise<boolean> {
    const key = keyOf(version);
    const filter = { _id: version.name, [at(key, 'collection')]: state.collection };
    return this.#update(filter, { $set: { [at(key, 'next')]: next } });
  }

  /** Puts the prepared collection in the place of the old one, if nothing was committed since `state`. */
  swap(definition: CollectionDefinition, state: VersionState, token: string): Promise<boolean> {
    const key = keyOf(definition);
    const filter = {
      _id: definition.name,
      moving: token,
      [at(key, 'collection')]: state.collection,
      [at(key, 'next')]: state.next ?? null,
      [at(key, 'commits')]: state.commits,
    };
    const set = { [at(key, 'collection')]: state.next, [at(key, 'indexes')]: JSON.stringify(definition.indexes) };
    return this.#update(filter, { $set: set, $unset: { moving: '', [at(key, 'next')]: '' } });
  }

  async #update(filter: Document, update: Document, upsert = false): Promise<boolean> {
    const { matchedCount, upsertedCount } = await this.#states.updateOne(
      filter as Filter<NameState>,
      update as UpdateFilter<NameState>,
      { upsert },
    );
    return matchedCount + upsertedCount > 0;
  }
}

const at = (key: string, field?: keyof VersionState): string =>
  field === undefined ? `versions.${key}` : `versions.${key}.${field}`;
