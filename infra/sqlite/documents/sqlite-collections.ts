import type Database from 'better-sqlite3';
import type { JsonObject } from '../../../domain/shared/json.js';
import type {
  CollectionDefinition,
  CollectionRef,
  CollectionVersion,
} from '../../read-model-store/read-model-store.js';
import { isMissingTable } from '../sqlite-errors.js';
import { CollectionCatalog } from './collection-catalog.js';
import { DocumentReader } from './document-reader.js';
import { DocumentWriter } from './document-writer.js';
import { UnknownIndexError } from './find-statement.js';
import type { TableLayout } from './table-layout.js';

interface OpenCollection {
  readonly layout: TableLayout;
  readonly reader: DocumentReader;
  writer?: DocumentWriter;
}

/** A collection inside a transaction that writes to it. */
export interface WritableCollection {
  /** By which the catalog knows it. */
  readonly number: number;
  readonly writer: DocumentWriter;
}

/** The collections of one SQLite file. Calls are answered on the caller's thread, each in a transaction of its own. */
export class SqliteCollections {
  readonly catalog: CollectionCatalog;
  /** By name for the live version, by `name@version.build` for a certain one; dropped when a table is gone. */
  readonly #open = new Map<string, OpenCollection>();

  constructor(
    private readonly database: Database.Database,
    /** The port's error for a driver's. */
    private readonly translated: (error: unknown) => unknown,
  ) {
    this.catalog = new CollectionCatalog(database);
  }

  ensure(collection: CollectionDefinition): void {
    this.write(() => {
      const layout = this.catalog.ensure(collection);
      if (layout !== undefined) this.#reindex(layout);
    });
    this.#open.clear();
  }

  promote(collection: CollectionVersion): void {
    this.write(() => this.catalog.promote(collection));
    this.#open.clear();
  }

  /** Reads from the collection; `absent` where there is none. What was dropped or indexed elsewhere is looked up again. */
  read<Answer>(collection: CollectionRef, absent: Answer, read: (reader: DocumentReader) => Answer): Answer {
    return this.answer(() => {
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

  /** One transaction, kept or undone as a whole. */
  write<Answer>(work: () => Answer): Answer {
    return this.answer(() => this.database.transaction(work).immediate());
  }

  /** Within `write`. @throws what `missing` makes, where there is no such collection or no more */
  writeTo<Answer>(collection: CollectionRef, work: (open: WritableCollection) => Answer, missing: () => Error): Answer {
    try {
      const open = this.#collection(collection);
      if (open === undefined) throw missing();
      open.writer ??= new DocumentWriter(this.database, open.layout);
      return work({ number: open.layout.id, writer: open.writer });
    } catch (error) {
      if (!isMissingTable(error)) throw error;
      this.#open.clear();
      throw missing();
    }
  }

  answer<Answer>(ask: () => Answer): Answer {
    try {
      return ask();
    } catch (error) {
      throw this.translated(error);
    }
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

  #collection(collection: CollectionRef): OpenCollection | undefined {
    const key = typeof collection === 'string' ? collection : keyOf(collection);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const layout = this.catalog.layout(collection);
    if (layout === undefined) return undefined;
    const opened = { layout, reader: new DocumentReader(this.database, layout) };
    this.#open.set(key, opened);
    return opened;
  }
}

const keyOf = ({ name, version, build }: CollectionVersion): string => `${name}@${version}.${build ?? 0}`;
