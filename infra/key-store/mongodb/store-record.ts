import { Binary, type Collection, type Db } from 'mongodb';
import { isIdTaken } from '../../mongodb/index.js';

const LAYOUT = 1;
const ID = 'key-store';

/** What is known of the whole store. */
interface StoreRecord {
  readonly _id: typeof ID;
  readonly layout: number;
  readonly secretCheck: Binary;
  /** Counts persons deleted, so that others notice that what they remember may be gone. */
  readonly forgotten: number;
  /** Absent while there may be keys that the first builds stored as they are. */
  readonly wrapped?: true;
}

export type StoreFitness = 'fits' | 'missing' | 'another secret' | 'another version';

export class StoreRecords {
  readonly #store: Collection<StoreRecord>;

  constructor(db: Db) {
    this.#store = db.collection<StoreRecord>('store');
  }

  /** Of several at once the first one's secret counts. */
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

  /** Does the work that leaves every key wrapped, unless it was done. */
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
