import { Inject, Injectable } from '@nestjs/common';
import { problem } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import { PROJECTION_PROGRESS } from '../../projections/progress.js';
import type { ProjectionProgress } from '../../projections/progress.js';
import { findParkedKeys, labelOf } from '../../projections/runner/index.js';

/** How old what is known of parked keys may be. */
const FRESH_MS = 1_000;
/** Seconds; parking ends by somebody's hand, not by itself. */
const RETRY_AFTER = '30';

type ParkedIds = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Documents that an event could not be applied to: they are of the past and must not pass for the present. Which they are
 * is asked once a second at most, and only by reads, so that a read costs a look into a map.
 */
@Injectable()
export class ParkedDocuments {
  #known: Promise<ParkedIds> | null = null;
  #askedAt = 0;

  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED for a document, there or not, that waits for an event to be applied */
  async refuse(model: string, id: string): Promise<void> {
    const parked = await this.#parked();
    if (parked.get(model)?.has(id) !== true) return;
    throw problem(
      'READ_MODEL.PARKED',
      `The read model ${model} could not apply an event to this; it has to be mended.`,
      {
        extra: { readModel: model },
        headers: { 'retry-after': RETRY_AFTER },
      },
    );
  }

  #parked(): Promise<ParkedIds> {
    const now = Date.now();
    if (this.#known !== null && now - this.#askedAt < FRESH_MS) return this.#known;
    this.#askedAt = now;
    const asked = this.#ask();
    // A store that does not answer is asked again by the next read.
    asked.catch(() => (this.#known = null));
    return (this.#known = asked);
  }

  async #ask(): Promise<ParkedIds> {
    const parked = new Map<string, ReadonlySet<string>>();
    const names = (await this.progress.status()).filter((status) => status.parked > 0).map(({ name }) => name);
    if (names.length === 0) return parked;
    for (const collection of await this.store.collections()) {
      if (!collection.live || !names.includes(collection.name)) continue;
      const ids = new Set<string>();
      for await (const { doc } of findParkedKeys(this.store, labelOf(collection))) ids.add(doc.key);
      parked.set(collection.name, ids);
    }
    return parked;
  }
}
