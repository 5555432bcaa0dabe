import type { AnyBulkWriteOperation } from 'mongodb';
import { placesTaken } from '../../mongodb/index.js';
import type { CollectionLayout } from './collection-layout.js';
import { recordOf, type DocumentRecord, type Documents } from './document-record.js';
import { documentTooLarge } from './driver-errors.js';
import type { DocumentWrite } from '../read-store.js';

type Operation = AnyBulkWriteOperation<DocumentRecord>;

/** Writes documents of one collection; resolves when a majority has them on disk. */
export class DocumentWriter {
  constructor(
    private readonly documents: Pick<Documents, 'bulkWrite' | 'collectionName'>,
    private readonly layout: CollectionLayout,
  ) {}

  /**
   * Only where the stored document is at a lower position; a deletion leaves its position. The condition stands in the
   * upsert itself: where the stored document is not lower, it tries to insert and fails for the id.
   */
  async writeGuarded(writes: readonly DocumentWrite[]): Promise<void> {
    const refused = await this.#bulk(writes, (write) => this.#replace(write, true));
    // An upsert also fails for the id where another writer inserts a lower position in the same moment. Now that the
    // document is there, a plain update tells the two apart.
    await this.#bulk(at(writes, refused), (write) => this.#replace(write, false));
  }

  /** Whatever is stored, in the order of the list; a deletion leaves nothing. */
  async writeAlways(writes: readonly DocumentWrite[]): Promise<void> {
    const [refused] = await this.#bulk(writes, (write) => this.#overwrite(write), true);
    // Only where another writer inserted it in the same moment; nothing behind it was written.
    if (refused !== undefined) await this.writeAlways(writes.slice(refused));
  }

  /** The places of the writes that were refused as their id is taken. Any other failure throws. */
  async #bulk(
    writes: readonly DocumentWrite[],
    operation: (write: DocumentWrite) => Operation,
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

  #replace(write: DocumentWrite, upsert: boolean): Operation {
    const filter = { _id: write.id, position: { $lt: write.position } };
    return { replaceOne: { filter, replacement: recordOf(write, this.layout), upsert } };
  }

  #overwrite(write: DocumentWrite): Operation {
    const filter = { _id: write.id };
    return write.doc === null
      ? { deleteOne: { filter } }
      : { replaceOne: { filter, replacement: recordOf(write, this.layout), upsert: true } };
  }
}

const at = (writes: readonly DocumentWrite[], places: readonly number[]): DocumentWrite[] =>
  places.map((place) => writes[place]).filter((write) => write !== undefined);
