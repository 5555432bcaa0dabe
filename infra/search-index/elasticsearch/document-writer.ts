import { BackOff } from '../../shared/back-off.js';
import { SearchCheckpointConflictError } from '../search-index.js';
import type { SearchBuild, SearchWrite } from '../search-index.js';
import type { Connection } from './connection.js';
import type { DocumentStore } from './document-store.js';
import { isBusyStatus, isMissing, itemError } from './driver-errors.js';
import { productId, type IndexNames } from './index-names.js';
import { indexedProduct } from './indexed-product.js';

/** The approximate number of characters of a bulk request. */
const BULK_SIZE = 4_000_000;
const BULK_WRITES = 1_000;
/** A cluster that is busy is asked five times in all. */
const BUSY = { firstMs: 200, longestMs: 2_000, mostFailures: 4 };
const CONFLICT = 409;
const MISSING = 404;
/** EventStoreDB's positions: the first part only fits into a version. */
const TWO_PARTS = '-';

type VersionType = 'external' | 'external_gte';

interface Outcome {
  /** Documents that are stored at the same version or a higher one. */
  readonly conflicts: SearchWrite[];
  /** Writes that a busy server refused. */
  readonly busy: SearchWrite[];
  readonly reason: string;
}

/** Writes whole documents with their position as version, so that an older one never replaces a newer one. */
export class DocumentWriter {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
    private readonly stored: DocumentStore,
  ) {}

  /** @throws SearchCheckpointConflictError the build is gone */
  async write(build: SearchBuild, writes: readonly SearchWrite[]): Promise<void> {
    const conflicts = await this.#writeAll(build, writes, 'external');
    const unclear = conflicts.filter(({ position }) => position.includes(TWO_PARTS));
    if (unclear.length > 0) await this.#writeNewer(build, unclear);
    await this.#refresh(build);
  }

  /** Compares positions of equal version by their whole text, as events of one commit share the version. */
  async #writeNewer(build: SearchBuild, writes: readonly SearchWrite[]): Promise<void> {
    const before = await this.stored.load(
      build,
      writes.map(({ sku }) => sku),
    );
    const newer = new Map<string, SearchWrite>();
    for (const write of writes) {
      const { sku, position } = write;
      const known = newer.get(sku) ?? before.get(sku);
      if (known === undefined || position > known.position) newer.set(sku, write);
    }
    await this.#writeAll(build, [...newer.values()], 'external_gte');
  }

  async #writeAll(build: SearchBuild, writes: readonly SearchWrite[], type: VersionType): Promise<SearchWrite[]> {
    const conflicts: SearchWrite[] = [];
    let left = writes;
    for (const backOff = new BackOff(BUSY); left.length > 0;) {
      const busy: SearchWrite[] = [];
      let reason = '';
      for (const batch of batches(left, type)) {
        const outcome = await this.#send(build, batch);
        conflicts.push(...outcome.conflicts);
        busy.push(...outcome.busy);
        reason ||= outcome.reason;
      }
      if (busy.length > 0 && !(await backOff.next())) throw itemError(this.connection.host, 429, reason);
      left = busy;
    }
    return conflicts;
  }

  async #send(build: SearchBuild, { writes, lines }: Batch): Promise<Outcome> {
    const { errors, items } = await this.connection.client.bulk<string>({
      index: this.names.writerOf(build),
      require_alias: true,
      operations: lines,
      filter_path: ['errors', 'items.*.status', 'items.*.error'],
    });
    const outcome = { conflicts: [] as SearchWrite[], busy: [] as SearchWrite[], reason: '' };
    if (!errors) return outcome;
    for (const [at, { index: item }] of items.entries()) {
      const write = writes[at];
      if (item?.error === undefined || write === undefined) continue;
      const reason = `${write.sku}: ${item.error.type} ${item.error.reason ?? ''}`;
      if (item.status === CONFLICT) outcome.conflicts.push(write);
      else if (item.status === MISSING) throw new SearchCheckpointConflictError();
      else if (isBusyStatus(item.status)) {
        outcome.busy.push(write);
        outcome.reason = reason;
      } else throw itemError(this.connection.host, item.status, reason);
    }
    return outcome;
  }

  async #refresh(build: SearchBuild): Promise<void> {
    try {
      await this.connection.client.indices.refresh({ index: this.names.indexOf(build) });
    } catch (error) {
      if (isMissing(error)) throw new SearchCheckpointConflictError();
      throw error;
    }
  }
}

interface Batch {
  readonly writes: readonly SearchWrite[];
  /** The lines of the request, two for each write. */
  readonly lines: string[];
}

function* batches(writes: readonly SearchWrite[], type: VersionType): Generator<Batch> {
  let from = 0;
  let lines: string[] = [];
  let size = 0;
  for (const [at, write] of writes.entries()) {
    const version = Number(write.position.split(TWO_PARTS)[0]);
    const action = { index: { _id: productId(write.sku), version, version_type: type } };
    const source = JSON.stringify(indexedProduct(write));
    lines.push(JSON.stringify(action), source);
    size += source.length;
    if (size < BULK_SIZE && at + 1 - from < BULK_WRITES && at + 1 < writes.length) continue;
    yield { writes: writes.slice(from, at + 1), lines };
    from = at + 1;
    lines = [];
    size = 0;
  }
}
