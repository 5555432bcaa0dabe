import type { AnyBulkWriteOperation } from 'mongodb';
import type { JsonObject } from '../../../domain/shared/json.js';
import { isIdTaken, placesTaken } from '../index.js';
import type { CollectionLayout } from './collection-layout.js';
import { contentOf, recordOf, type DocumentRecord, type Documents, type RecordWrite } from './document-record.js';
import { documentTooLarge } from './driver-errors.js';

type Operation = AnyBulkWriteOperation<DocumentRecord>;

type WritableDocuments = Pick<
  Documents,
  'bulkWrite' | 'collectionName' | 'countDocuments' | 'deleteMany' | 'replaceOne'
>;

/** Writes documents of one collection; resolves when a majority has them on disk. */
export class DocumentWriter {
  constructor(
    private readonly documents: WritableDocuments,
    private readonly layout: CollectionLayout,
  ) {}

  /**
   * Only where the stored document is at a lower position; a deletion leaves its position. The condition stands in the
   * upsert itself: where the stored document is not lower, it tries to insert and fails for the id.
   */
  async writeGuarded(writes: readonly RecordWrite[]): Promise<void> {
    const refused = await this.#bulk(writes, (write) => this.#replace(write, true));
    // An upsert also fails for the id where another writer inserts a lower position in the same moment. Now that the
    // document is there, a plain update tells the two apart.
    await this.#bulk(at(writes, refused), (write) => this.#replace(write, false));
  }

  /** Whatever is stored, in the order of the list; a deletion leaves nothing. */
  async writeAlways(writes: readonly RecordWrite[]): Promise<void> {
    const [refused] = await this.#bulk(writes, (write) => this.#overwrite(write), true);
    // Only where another writer inserted it in the same moment; nothing behind it was written.
    if (refused !== undefined) await this.writeAlways(writes.slice(refused));
  }

  /** Stores `next` where `expected` is stored, null standing for no document; whether it is stored now. */
  async compareAndSet(id: string, expected: JsonObject | null, next: JsonObject): Promise<boolean> {
    const replacement = recordOf({ id, position: '', doc: next }, this.layout);
    const filter = { _id: id, doc: contentOf(expected) };
    try {
      // Where another document is stored, the upsert tries to insert and fails for the id.
      const options = { upsert: expected === null, ignoreUndefined: true };
      const { matchedCount, upsertedCount } = await this.documents.replaceOne(filter, replacement, options);
      if (matchedCount + upsertedCount > 0) return true;
    } catch (error) {
      if (!isIdTaken(error)) throw error;
    }
    // The answer to an earlier call may have been lost.
    return (await this.documents.countDocuments({ _id: id, doc: contentOf(next) })) > 0;
  }

  /** Leaves no document, and nothing of one that was deleted. */
  async clear(): Promise<void> {
    await this.documents.deleteMany({});
  }

  /** The places of the writes that were refused as their id is taken. Any other failure throws. */
  async #bulk(
    writes: readonly RecordWrite[],
    operation: (write: RecordWrite) => Operation,
    ordered = false,
  ): Promise<number[]> {
    if (writes.length === 0) return [];
    try {
      await this.documents.bulkWrite(writes.map(operation), { ordered, ignoreUndefined: true });
      return [];
    } catch (error) {
      const tooLarge = documentTooLarge(error, this.documents.collectionName, writes);
      if (tooLarge !== null) throw tooLarge;
      return placesTaken(error);
    }
  }

  #replace(write: RecordWrite, upsert: boolean): Operation {
    const filter = { _id: write.id, position: { $lt: write.position } };
    return { replaceOne: { filter, replacement: recordOf(write, this.layout), upsert } };
  }

  #overwrite(write: RecordWrite): Operation {
    const filter = { _id: write.id };
    return write.doc === null
      ? { deleteOne: { filter } }
      : { replaceOne: { filter, replacement: recordOf(write, this.layout), upsert: true } };
  }
}

const at = (writes: readonly RecordWrite[], places: readonly number[]): RecordWrite[] =>
  places.map((place) => writes[place]).filter((write) => write !== undefined);
