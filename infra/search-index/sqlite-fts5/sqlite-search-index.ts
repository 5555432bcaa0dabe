import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { PINNED_FOR_MS, SearchCheckpointConflictError, SearchIndexUnavailableError } from '../search-index.js';
import type {
  IndexedDocument,
  SearchBuild,
  SearchBuildState,
  SearchCheckpoint,
  SearchCheckpointMove,
  SearchIndex,
  SearchPage,
  SearchQuery,
  SearchWrite,
  Suggestion,
} from '../search-index.js';
import { BuildCatalog } from './build-catalog.js';
import { DocumentWriter } from './document-writer.js';
import { isMissingTable } from '../../sqlite/index.js';
import { translated } from './driver-errors.js';
import { openSearchFile, type SearchAccess } from './search-file.js';
import { SEARCH_FILE } from './search-files.js';
import type { Answer, Asked } from './search-protocol.js';
import { SearchThread } from './search-thread.js';

export interface SqliteSearchIndexOptions {
  /** The directory; it is created where it is missing. */
  readonly directory: string;
  /** One runner writes; any number of processes search. */
  readonly access: SearchAccess;
  /** How long the hits of a search by relevance stay pinned; default `PINNED_FOR_MS`. */
  readonly pinnedForMs?: number;
}

/** @throws StoreRefusedError the file is not ours, of another format or damaged; the message says to delete it */
export async function openSqliteSearchIndex(options: SqliteSearchIndexOptions): Promise<SearchIndex> {
  const database = await openSearchFile(join(options.directory, SEARCH_FILE), options.access);
  return new SqliteSearchIndex(database, options);
}

interface OpenBuild {
  readonly number: number;
  readonly writer: DocumentWriter;
}

/**
 * The search index on one SQLite file. Writes run on the caller's thread (the one that projects), searches in a thread of
 * their own that starts with the first.
 */
class SqliteSearchIndex implements SearchIndex {
  readonly #catalog: BuildCatalog;
  readonly #open = new Map<string, OpenBuild>();
  #thread: Promise<SearchThread> | null = null;
  #isClosed = false;

  constructor(
    private readonly database: Database.Database,
    private readonly options: SqliteSearchIndexOptions,
  ) {
    this.#catalog = new BuildCatalog(database);
  }

  async ensure(build: SearchBuild): Promise<void> {
    this.#write(() => this.#catalog.ensure(build));
  }

  async promote(build: SearchBuild): Promise<void> {
    this.#write(() => this.#catalog.promote(build));
    this.#open.clear();
  }

  async builds(): Promise<readonly SearchBuildState[]> {
    return attempt(() => this.#catalog.states());
  }

  async load(build: SearchBuild, skus: readonly string[]): Promise<ReadonlyMap<string, IndexedDocument>> {
    return attempt(() => {
      const found = new Map<string, IndexedDocument>();
      const open = this.#build(build);
      for (const sku of skus) {
        const document = open?.writer.load(sku);
        if (document !== undefined) found.set(sku, document);
      }
      return found;
    });
  }

  async apply(build: SearchBuild, writes: readonly SearchWrite[], move?: SearchCheckpointMove): Promise<void> {
    this.#write(() => {
      const open = this.#build(build);
      if (open === undefined) throw new SearchCheckpointConflictError();
      if (writes.length > 0) open.writer.write(writes, this.#catalog.commit(open.number));
      if (move !== undefined) this.#catalog.move(open.number, move);
    });
  }

  async checkpoint(): Promise<SearchCheckpoint | null> {
    const builds = await this.builds();
    return builds.find(({ live }) => live)?.checkpoint ?? null;
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    return (await this.#ask({ kind: 'search', query })) as SearchPage;
  }

  async suggest(words: string, limit: number): Promise<readonly Suggestion[]> {
    return (await this.#ask({ kind: 'suggest', words, limit })) as readonly Suggestion[];
  }

  async ping(): Promise<void> {
    await this.#ask({ kind: 'ping' });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const thread = await this.#thread?.catch(() => null);
    await thread?.close();
    this.database.close();
  }

  /** Starts the search thread, also again where it has ended. */
  async #ask(asked: Asked): Promise<Answer> {
    if (this.#isClosed) throw new SearchIndexUnavailableError('the search index is closed');
    const { directory, pinnedForMs = PINNED_FOR_MS } = this.options;
    const starting = (this.#thread ??= SearchThread.start({ directory, pinnedForMs }));
    try {
      return await (await starting).ask(asked);
    } catch (error) {
      const isLost = await starting.then((thread) => thread.isLost).catch(() => true);
      if (isLost && this.#thread === starting) this.#thread = null;
      throw error;
    }
  }

  #build(build: SearchBuild): OpenBuild | undefined {
    const key = `${build.version}.${build.build}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const tables = this.#catalog.tables(build);
    if (tables === undefined) return undefined;
    const opened = { number: tables.number, writer: new DocumentWriter(this.database, tables) };
    this.#open.set(key, opened);
    return opened;
  }

  #write(work: () => void): void {
    attempt(() => this.database.transaction(work).immediate());
  }
}

function attempt<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (isMissingTable(error)) throw new SearchCheckpointConflictError();
    throw translated(error);
  }
}
