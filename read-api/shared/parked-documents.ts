import { Inject, Injectable } from '@nestjs/common';
import { problem } from '../../infra/http/index.js';
import type { ProblemError } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { CollectionState, ReadStore } from '../../infra/read-store/index.js';
import { SEARCH_INDEX } from '../../infra/search-index/index.js';
import type { SearchIndex } from '../../infra/search-index/index.js';
import { PROJECTION_PROGRESS } from '../../projections/progress.js';
import type { ProjectionProgress } from '../../projections/progress.js';
import { findParkedEvents, findParkedKeys, labelOf } from '../../projections/runner/index.js';
import { searchReadModel, searchSink } from '../../projections/search/index.js';

/** How old what is known of parked keys may be. */
const FRESH_MS = 1_000;
/** Seconds; parking ends by somebody's hand, not by itself. */
const RETRY_AFTER = '30';

/** What is parked of a read model. */
interface Parked {
  /** `name@version.build` */
  readonly label: string;
  readonly keys: ReadonlySet<string>;
}

/**
 * Documents that an event could not be applied to: they are of the past and must not pass for the present. Which they are
 * is asked once a second at most, and only by reads, so that a read costs a look into a map.
 */
@Injectable()
export class ParkedDocuments {
  #known: Promise<ReadonlyMap<string, Parked>> | null = null;
  #askedAt = 0;

  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(SEARCH_INDEX) private readonly index: SearchIndex,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED for a document, there or not, that waits for an event to be applied */
  async refuse(model: string, id: string): Promise<void> {
    if ((await this.keys(model)).has(id)) throw parkedProblem(model);
  }

  /** @throws ProblemError 503 READ_MODEL.PARKED when one of the documents is parked */
  async refuseAny(model: string, ids: readonly string[]): Promise<void> {
    const keys = await this.keys(model);
    if (keys.size > 0 && ids.some((id) => keys.has(id))) throw parkedProblem(model);
  }

  /** The parked keys of a read model: ids, and `stream:…` for events of which not even the id could be told. */
  async keys(model: string): Promise<ReadonlySet<string>> {
    return (await this.#parked()).get(model)?.keys ?? NONE;
  }

  /** Where the first event is that a parked key lacks; null where it is parked no more. */
  async firstLacking(
    model: string,
    key: string,
  ): Promise<{ readonly stream: string; readonly revision: number } | null> {
    const label = (await this.#parked()).get(model)?.label ?? '';
    for await (const { doc } of findParkedEvents(this.store, label, key)) return doc;
    return null;
  }

  #parked(): Promise<ReadonlyMap<string, Parked>> {
    const now = Date.now();
    if (this.#known !== null && now - this.#askedAt < FRESH_MS) return this.#known;
    this.#askedAt = now;
    const asked = this.#ask();
    // A store that does not answer is asked again by the next read.
    asked.catch(() => (this.#known = null));
    return (this.#known = asked);
  }

  async #ask(): Promise<ReadonlyMap<string, Parked>> {
    const parked = new Map<string, Parked>();
    const names = (await this.progress.status()).filter((status) => status.parked > 0).map(({ name }) => name);
    if (names.length === 0) return parked;
    for (const collection of await this.#collections(names)) {
      if (!collection.live || !names.includes(collection.name)) continue;
      const label = labelOf(collection);
      const keys = new Set<string>();
      for await (const { doc } of findParkedKeys(this.store, label)) keys.add(doc.key);
      parked.set(collection.name, { label, keys });
    }
    return parked;
  }

  async #collections(names: readonly string[]): Promise<readonly CollectionState[]> {
    if (!names.includes(searchReadModel.name)) return this.store.collections();
    // While the index cannot answer there is no search to refuse; all else goes on.
    return searchSink(this.store, this.index)
      .collections()
      .catch(() => this.store.collections());
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What a read answers that would have to show a parked document. */
export const parkedProblem = (model: string): ProblemError =>
  problem('READ_MODEL.PARKED', `The read model ${model} could not apply an event to this; it has to be mended.`, {
    extra: { readModel: model },
    headers: { 'retry-after': RETRY_AFTER },
  });

/** Whether a parked key is a stream: of its events not even the documents could be told. */
export const isParkedStream = (key: string): boolean => key.startsWith('stream:');
