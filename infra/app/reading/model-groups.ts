import { readModels } from '../../../projections/index.js';
import type { AnyReadModel } from '../../engine/projections/read-model.js';
import type { ProjectionRunnerOptions } from '../../engine/projections/index.js';
import { searchReadModel, searchSink, debouncedSubscription } from '../../../projections/search/index.js';
import type { ProjectionStore, ReadModelStore } from '../../read-model-store/index.js';
import type { SearchIndex } from '../../search-index/index.js';
import type { Log } from '../stores/stores.js';

/** The read models of one runner, with the log that they are folded from and the store that they are kept in. */
export interface ModelGroup extends Pick<ProjectionRunnerOptions, 'eventStore' | 'readModelStore' | 'models'> {
  readonly name: string;
}

export interface ProjectionStores {
  readonly log: Log;
  readonly readModelStore: ReadModelStore;
  readonly index: SearchIndex;
}

/** Lists every read model with the store that it is kept in, without the log. */
export const rebuildableModels = (
  readModelStore: ReadModelStore,
  index: SearchIndex,
): readonly { readonly model: AnyReadModel; readonly store: ProjectionStore }[] => [
  ...readModels.map((model) => ({ model, store: readModelStore })),
  { model: searchReadModel, store: searchSink(readModelStore, index) },
];

/** Groups the read models by runner. The search index has its own, so that the read models go on while it does not answer. */
export const modelGroups = ({ log, readModelStore, index }: ProjectionStores): readonly ModelGroup[] => [
  { name: 'read models', eventStore: log.events, readModelStore, models: readModels },
  {
    name: 'search',
    eventStore: debouncedSubscription(log.sealed),
    readModelStore: searchSink(readModelStore, index),
    models: [searchReadModel],
  },
];
