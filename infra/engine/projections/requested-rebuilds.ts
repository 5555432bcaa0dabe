import { CheckpointConflictError } from '../../read-model-store/index.js';
import { buildBeside } from './build-beside.js';
import { openModelRebuild, type ModelRebuild } from './model-rebuild.js';
import { noteRebuild, openRebuilds, type RebuildRequest } from './rebuild-requests.js';
import type { ProjectionRunnerOptions } from './runner-options.js';

/** How often it is noted how far a rebuild has come. */
const NOTE_EVERY_MS = 250;

class StoppedError extends Error {}

/** Makes the rebuilds that were asked for in the store, one after the other, beside the runner that keeps the read models. */
export class RequestedRebuilds {
  #underWay: Promise<void> | null = null;
  #isStopped = false;

  constructor(
    private readonly options: Pick<ProjectionRunnerOptions, 'eventStore' | 'readModelStore' | 'models' | 'logger'>,
  ) {}

  /** Begins, or goes on with, one that is asked for, where none is under way. */
  async look(): Promise<void> {
    if (this.#underWay !== null || this.#isStopped) return;
    const { models, readModelStore } = this.options;
    for (const request of await openRebuilds(readModelStore)) {
      const model = models.find(({ name }) => name === request.model);
      if (model === undefined) continue;
      this.#underWay = this.#make(request).finally(() => (this.#underWay = null));
      return;
    }
  }

  /** Stops what is under way; it is gone on with after the next start. */
  async close(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }

  async #make(request: RebuildRequest): Promise<void> {
    const { readModelStore, logger } = this.options;
    try {
      await noteRebuild(readModelStore, await this.#rebuild(request));
    } catch (error) {
      if (error instanceof StoppedError) return;
      logger.warn({ err: error, model: request.model }, 'a read model could not be rebuilt');
      await noteRebuild(readModelStore, { ...request, state: 'failed', error: wordsOf(error) }).catch(() => undefined);
    }
  }

  /** What the request has come to once the build is handed over. */
  async #rebuild(request: RebuildRequest): Promise<RebuildRequest> {
    const { eventStore, readModelStore, models } = this.options;
    const model = models.find(({ name }) => name === request.model);
    const rebuild = model && (await openModelRebuild({ eventStore, readModelStore, model }));
    if (rebuild === undefined || rebuild === null) throw new Error('there is no live one to build it beside');
    try {
      const noted = this.#noting(request, rebuild);
      const comparison = await buildBeside(rebuild, eventStore, noted);
      const head = await eventStore.head();
      await rebuild.handOver();
      const { position } = rebuild;
      const differing = comparison?.differing ?? null;
      return { ...(await noted.settled()), state: 'handed-over', position, head, differing };
    } finally {
      await rebuild.close();
    }
  }

  /** Notes now and then how far it has come. */
  #noting(request: RebuildRequest, { collection: { version, build = 0 } }: ModelRebuild) {
    const { eventStore, readModelStore, logger } = this.options;
    let noted: RebuildRequest = { ...request, build: [version, build] };
    let writing: Promise<void> | null = null;
    let next = 0;
    const write = async (): Promise<void> => {
      noted = { ...noted, head: await eventStore.head() };
      await noteRebuild(readModelStore, noted);
    };
    const note = (change: Partial<RebuildRequest>): void => {
      if (this.#isStopped) throw new StoppedError();
      noted = { ...noted, ...change };
      if (writing !== null || performance.now() < next) return;
      next = performance.now() + NOTE_EVERY_MS;
      writing = write()
        .catch((error: unknown) => logger.warn({ err: error }, 'the progress of a rebuild cannot be noted'))
        .finally(() => (writing = null));
    };
    return {
      /** The request with all that was noted, once nothing is being written any more. */
      settled: async (): Promise<RebuildRequest> => {
        await writing;
        return noted;
      },
      onBuilt: (position: NonNullable<RebuildRequest['position']>) => note({ position }),
      onCompared: () => note({ state: 'comparing' }),
    };
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof CheckpointConflictError ? 'another rebuild of it is at work' : String(error);
