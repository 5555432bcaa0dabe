import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { JsonObject } from '../../../domain/shared/json.js';
import { CollectionCatalog } from './collection-catalog.js';
import { DocumentReader } from './document-reader.js';
import { DocumentWriter } from './document-writer.js';
import { openDatabase } from './database-file.js';
import { isMissingTable } from '../../sqlite/index.js';
import { translated } from './driver-errors.js';
import { UnknownIndexError } from './find-statement.js';
import type { TableLayout } from './table-layout.js';
import { CheckpointConflictError } from '../read-store.js';
import type {
  Checkpoint,
  CheckpointMove,
  CollectionCommit,
  CollectionDefinition,
  CollectionRef,
  CollectionState,
  CollectionVersion,
  DocumentQuery,
  DocumentWrite,
  LoadedDocument,
  ReadStore,
  StoredDocument,
} from '../read-store.js';

export interface SqliteReadStoreOptions {
  /** Made where it is missing. */
  readonly directory: string;
  /** Name of the file; default `read.db`. */
  readonly file?: string;
  /** One runner writes; any number of others read. */
  readonly access: 'read-write' | 'read-only';
}

/** @throws StoreRefusedError the file is not ours, too new or damaged; the message says to delete it */
export async function openSqliteReadStore(options: SqliteReadStoreOptions): Promise<ReadStore> {
  const { directory, access, file = 'read.db' } = options;
  return new SqliteReadStore(await openDatabase(join(directory, file), access));
}

interface OpenCollection {
  readonly layout: TableLayout;
  readonly reader: DocumentReader;
  writer?: DocumentWriter;
}

/** The read store on one SQLite file. Calls are answered on the caller's thread, each in a transaction of its own. */
export class SqliteReadStore implements ReadStore {
  readonly #catalog: CollectionCatalog;
  /** By name for the live version, by `name@version.build` for a certain one; dropped when a table is gone. */
  readonly #open = new Map<string, OpenCollection>();

  constructor(private readonly database: Database.Database) {
    this.#catalog = new CollectionCatalog(database);
  }

  async ensure(collection: CollectionDefinition): Promise<void> {
    this.#write(() => {
      const layout = this.#catalog.ensure(collection);
      if (layout !== undefined) this.#reindex(layout);
    });
    this.#open.clear();
  }

  async promote(collection: CollectionVersion): Promise<void> {
    this.#write(() => this.#catalog.promote(collection));
    this.#open.clear();
  }

  async collections(): Promise<readonly CollectionState[]> {
    return answer(() => this.#catalog.states());
  }

  async get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#read(collection, undefined, (reader) => reader.get<Doc>(id));
  }

  async getMany<Doc>(
    collection: CollectionRef,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    return this.#read(collection, new Map<string, StoredDocument<Doc>>(), (reader) => reader.getMany<Doc>(ids));
  }

  async load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>> {
    return this.#read(collection, new Map<string, LoadedDocument>(), (reader) => reader.load(ids));
  }

  async find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]> {
    return this.#read(collection, [], (reader) => reader.find<Doc>(query));
  }

  async scan<Doc>(
    collection: CollectionRef,
    { after = '', limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.#read(collection, [], (reader) => reader.scan<Doc>(after, limit));
  }

  async commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void> {
    await this.commitAll([{ collection, writes, move }]);
  }

  async commitAll(commits: readonly CollectionCommit[]): Promise<void> {
    this.#write(() => {
      for (const commit of commits) this.#apply(commit);
    });
  }

  async checkpoint(collection: CollectionRef): Promise<Checkpoint | null> {
    return answer(() => this.#catalog.checkpoint(collection));
  }

  async ping(): Promise<void> {
    answer(() => this.#catalog.checkpoint(''));
  }

  async close(): Promise<void> {
    this.database.close();
  }

  #apply(commit: CollectionCommit): void {
    try {
      this.#applyTo(this.#collection(commit.collection), commit);
    } catch (error) {
      throw isMissingTable(error) ? new CheckpointConflictError(commit.collection.name) : error;
    }
  }

  #applyTo(open: OpenCollection | undefined, { collection, writes, move, guard }: CollectionCommit): void {
    if (open === undefined) throw new CheckpointConflictError(collection.name);
    open.writer ??= new DocumentWriter(this.database, open.layout);
    for (const write of writes) {
      if (guard === 'none') open.writer.writeAlways(write);
      else open.writer.writeGuarded(write);
    }
    if (move !== undefined) this.#catalog.move(open.layout.id, collection.name, move);
  }

  #reindex(layout: TableLayout): void {
    const reader = new DocumentReader(this.database, layout);
    const writer = new DocumentWriter(this.database, layout);
    let page = reader.scan<JsonObject>('', 500);
    while (page.length > 0) {
      for (const { id, doc } of page) writer.reindex(id, doc);
      page = reader.scan<JsonObject>(page[page.length - 1]?.id ?? '', 500);
    }
  }

  /** Reads from the collection; `absent` where there is none. What was dropped or indexed elsewhere is looked up again. */
  #read<Answer>(collection: CollectionRef, absent: Answer, read: (reader: DocumentReader) => Answer): Answer {
    return answer(() => {
      try {
        const open = this.#collection(collection);
        return open === undefined ? absent : read(open.reader);
      } catch (error) {
        if (!isMissingTable(error) && !(error instanceof UnknownIndexError)) throw error;
        this.#open.clear();
        const open = this.#collection(collection);
        return open === undefined ? absent : read(open.reader);
      }
    });
  }

  #collection(collection: CollectionRef): OpenCollection | undefined {
    const key = typeof collection === 'string' ? collection : keyOf(collection);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const layout = this.#catalog.layout(collection);
    if (layout === undefined) return undefined;
    const opened = { layout, reader: new DocumentReader(this.database, layout) };
    this.#open.set(key, opened);
    return opened;
  }

  #write(work: () => void): void {
    answer(() => this.database.transaction(work).immediate());
  }
}

const keyOf = ({ name, version, build }: CollectionVersion): string => `${name}@${version}.${build ?? 0}`;

function answer<Answer>(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw translated(error);
  }
}
