import { Inject, Injectable } from '@nestjs/common';
import { problem } from '../../infra/http/index.js';
import type { ProblemError } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ProjectionProgress } from '../../infra/engine/projections/progress.js';
import { findParkedEvents, findParkedKeys, isAnyParked, labelOf } from '../../infra/engine/projections/index.js';

/** How many seconds a client waits before it tries again; an operator ends the parking. */
const RETRY_AFTER = '30';

/**
 * Refuses reads of parked documents: an event could not be applied to them, so they show the past. The store is queried only where
 * the read model has parked keys; other reads cost a look at its progress.
 */
@Injectable()
export class ParkedDocuments {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED for a document, there or not, that waits for an event to be applied */
  refuse(model: string, id: string): Promise<void> {
    return this.refuseAny(model, [id]);
  }

  /** @throws ProblemError 503 READ_MODEL.PARKED when one of the documents is parked */
  async refuseAny(model: string, ids: readonly string[]): Promise<void> {
    const label = await this.#labelWithParked(model);
    if (label !== null && (await isAnyParked(this.store, label, ids))) throw parkedProblem(model);
  }

  /** Lists the parked keys of a read model: ids, and `stream:…` for events whose key could not be computed. */
  async keys(model: string): Promise<ReadonlySet<string>> {
    const keys = new Set<string>();
    const label = await this.#labelWithParked(model);
    if (label === null) return keys;
    for await (const { doc } of findParkedKeys(this.store, label)) keys.add(doc.key);
    return keys;
  }

  /** Finds the first event that is missing from a parked key; null where the key is no longer parked. */
  async firstLacking(
    model: string,
    key: string,
  ): Promise<{ readonly stream: string; readonly revision: number } | null> {
    const label = await this.#labelWithParked(model);
    if (label === null) return null;
    for await (const { doc } of findParkedEvents(this.store, label, key)) return doc;
    return null;
  }

  /** `name@version.build` of what is read; null where nothing of it is parked. */
  async #labelWithParked(model: string): Promise<string | null> {
    const progress = await this.progress.look(model);
    return progress === undefined || progress.parked === 0 ? null : labelOf(progress);
  }
}

/** Makes the answer of a read that would show a parked document. */
export const parkedProblem = (model: string, cause?: unknown): ProblemError =>
  problem('READ_MODEL.PARKED', `The read model ${model} could not apply an event to this; it has to be mended.`, {
    cause,
    extra: { readModel: model },
    headers: { 'retry-after': RETRY_AFTER },
  });

/** Checks whether a parked key is a stream: the keys of its events could not be computed. */
export const isParkedStream = (key: string): boolean => key.startsWith('stream:');
