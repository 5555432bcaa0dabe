import { Binary, type Collection, type Db } from 'mongodb';
import { isIdTaken } from '../../mongodb/index.js';

const LAYOUT = 1;
const ID = 'key-store';

/** The document about the whole store. */
interface StoreRecord {
  readonly _id: typeof ID;
  readonly layout: number;
  readonly secretCheck: Binary;
  /** Counts deleted persons, so that other processes notice that their caches may be outdated. */
  readonly forgotten: number;
  /** Absent while there may be plain keys of the first builds. */
  readonly wrapped?: true;
}

export type StoreFitness = 'fits' | 'missing' | 'another secret' | 'another version';

export class StoreRecords {
  readonly #store: Collection<StoreRecord>;

  constructor(db: Db) {
    this.#store = db.collection<StoreRecord>('store');
  }

  /** Creates the document; of several processes at once the first one's secret counts. */
  async create(secretCheck: Uint8Array): Promise<void> {
    const first = { layout: LAYOUT, secretCheck: new Binary(secretCheck), forgotten: 0, wrapped: true as const };
    try {
      await this.#store.insertOne({ _id: ID, ...first });
    } catch (error) {
      if (!isIdTaken(error)) throw error;
    }
  }

  async fitness(secretCheck: Uint8Array): Promise<StoreFitness> {
    const store = await this.#store.findOne({ _id: ID });
    if (store === null) return 'missing';
    if (store.layout !== LAYOUT) return 'another version';
    return Buffer.from(store.secretCheck.value()).equals(secretCheck) ? 'fits' : 'another secret';
  }

  /** Wraps all keys, unless that was done before. */
  async onceWrapped(wrap: () => Promise<void>): Promise<void> {
    if ((await this.#store.findOne({ _id: ID }))?.wrapped === true) return;
    await wrap();
    await this.#store.updateOne({ _id: ID }, { $set: { wrapped: true } });
  }

  async forgotten(): Promise<number> {
    return (await this.#store.findOne({ _id: ID }))?.forgotten ?? 0;
  }

  async countForgotten(): Promise<void> {
    await this.#store.updateOne({ _id: ID }, { $inc: { forgotten: 1 } });
  }
}
