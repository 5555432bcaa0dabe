import type { estypes } from '@elastic/elasticsearch';
import { SearchCheckpointConflictError } from '../search-index.js';
import type { SearchBuild, SearchBuildState, SearchCheckpoint } from '../search-index.js';
import type { CheckpointSource } from './checkpoints.js';
import type { Connection } from './connection.js';
import { isAlreadyThere, isMissing } from './driver-errors.js';
import { indexLayout } from './index-layout.js';
import { CHECKPOINT_ID, type IndexNames } from './index-names.js';

interface BuildIndex extends SearchBuild {
  readonly index: string;
  readonly live: boolean;
}

/** Keeps an index for each build; the alias that searches use names the live one. */
export class BuildCatalog {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
  ) {}

  async states(): Promise<SearchBuildState[]> {
    const all = await this.#all();
    if (all.length === 0) return [];
    const { docs } = await this.connection.client.mget<CheckpointSource>({
      docs: all.map(({ index }) => ({ _index: index, _id: CHECKPOINT_ID })),
    });
    return all.map(({ version, build, live }, at) => ({ version, build, live, checkpoint: checkpointIn(docs[at]) }));
  }

  async ensure(build: SearchBuild): Promise<void> {
    const all = await this.#all();
    const index = this.names.indexOf(build);
    if (all.some((one) => one.index === index)) return;
    const isFirst = !all.some(({ live }) => live);
    const aliases = { [this.names.writerOf(build)]: {}, ...(isFirst ? { [this.names.live]: {} } : {}) };
    try {
      await this.connection.client.indices.create({ index, aliases, ...indexLayout });
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
    }
  }

  /** Promotes a build in one change of the cluster's state. */
  async promote(build: SearchBuild): Promise<void> {
    const index = this.names.indexOf(build);
    const all = await this.#all();
    if (!all.some((one) => one.index === index)) throw new SearchCheckpointConflictError();
    const others = all.filter((one) => one.index !== index);
    try {
      await this.connection.client.indices.updateAliases({
        actions: [
          { add: { index, alias: this.names.live } },
          ...others.map((other) => ({ remove_index: { index: other.index } })),
        ],
      });
    } catch (error) {
      if (isMissing(error)) throw new SearchCheckpointConflictError();
      throw error;
    }
  }

  async #all(): Promise<BuildIndex[]> {
    const found = await this.connection.client.indices.getAlias({
      index: this.names.pattern,
      ignore_unavailable: true,
    });
    return Object.entries(found)
      .flatMap(([index, { aliases }]) => {
        const build = this.names.buildOf(index);
        return build === undefined ? [] : [{ ...build, index, live: aliases[this.names.live] !== undefined }];
      })
      .sort((a, b) => a.version - b.version || a.build - b.build);
  }
}

function checkpointIn(item: estypes.MgetResponseItem<CheckpointSource> | undefined): SearchCheckpoint | null {
  return item === undefined || 'error' in item ? null : (item._source?.checkpoint ?? null);
}
