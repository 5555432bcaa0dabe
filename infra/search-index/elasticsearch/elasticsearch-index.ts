import { setTimeout as pause } from 'node:timers/promises';
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
import { Checkpoints } from './checkpoints.js';
import type { Connection } from './connection.js';
import { DocumentStore } from './document-store.js';
import { DocumentWriter } from './document-writer.js';
import { goneWhileSearched, mayBeGone } from './driver-errors.js';
import type { IndexNames } from './index-names.js';
import { Pins } from './pinning.js';
import { Searcher } from './searcher.js';
import { Suggester } from './suggester.js';

/** Searches may still be sent to a replaced index for a moment, while the cluster deletes it. */
const PAUSES_WHILE_GONE_MS = [0, 20, 50, 100, 200, 400, 800];

export interface IndexUse {
  readonly access: 'read-write' | 'read-only';
  readonly pinnedForMs: number;
}

/**
 * The search index in Elasticsearch. A commit writes the documents, refreshes the index, then moves the checkpoint. The writes of a
 * runner that fails in between are repeated, and documents skip those that they have.
 */
export class ElasticsearchIndex implements SearchIndex {
  readonly #builds: BuildCatalog;
  readonly #checkpoints: Checkpoints;
  readonly #stored: DocumentStore;
  readonly #writer: DocumentWriter;
  readonly #searcher: Searcher;
  readonly #suggester: Suggester;

  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
    private readonly use: IndexUse,
  ) {
    this.#builds = new BuildCatalog(connection, names);
    this.#checkpoints = new Checkpoints(connection, names);
    this.#stored = new DocumentStore(connection, names);
    this.#writer = new DocumentWriter(connection, names, this.#stored);
    const pins = new Pins(connection, names, use.pinnedForMs);
    this.#searcher = new Searcher({ connection, names, pins, stored: this.#stored });
    this.#suggester = new Suggester(connection, names);
  }

  ensure(build: SearchBuild): Promise<void> {
    return this.#write(() => this.#builds.ensure(build));
  }

  promote(build: SearchBuild): Promise<void> {
    return this.#write(() => this.#builds.promote(build));
  }

  builds(): Promise<readonly SearchBuildState[]> {
    return this.connection.answered(() => this.#builds.states());
  }

  load(build: SearchBuild, skus: readonly string[]): Promise<ReadonlyMap<string, IndexedDocument>> {
    return this.connection.ask(() => this.#stored.load(build, skus));
  }

  apply(build: SearchBuild, writes: readonly SearchWrite[], move?: SearchCheckpointMove): Promise<void> {
    return this.#write(async () => {
      if (writes.length > 0) await this.#writer.write(build, writes);
      if (move !== undefined) await this.#checkpoints.move(build, move);
    });
  }

  checkpoint(): Promise<SearchCheckpoint | null> {
    return this.connection.answered(() => this.#checkpoints.read(this.names.live));
  }

  search(query: SearchQuery): Promise<SearchPage> {
    return this.#read(() => this.#searcher.search(query));
  }

  suggest(words: string, limit: number): Promise<readonly Suggestion[]> {
    return this.#read(() => this.#suggester.suggest(words, limit));
  }

  async ping(): Promise<void> {
    await this.connection.answered((client) => client.indices.existsAlias({ name: this.names.live }));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Repeats a search on the new build where its build was replaced meanwhile. */
  #read<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.connection.answered(async () => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await work();
        } catch (error) {
          if (!mayBeGone(error)) throw error;
          const wait = PAUSES_WHILE_GONE_MS[attempt];
          if (wait === undefined) throw goneWhileSearched(error);
          await pause(wait);
        }
      }
    });
  }

  #write(work: () => Promise<void>): Promise<void> {
    if (this.use.access === 'read-only') return Promise.reject(new Error('the search index was opened to be read'));
    return this.connection.ask(work);
  }
}
