import type { EventStore } from '../../event-store/index.js';
import type { ProjectionStore } from '../../read-model-store/index.js';
import type { ProgressUpdate } from './progress.js';
import type { AnyReadModel } from './read-model.js';

/** The part of a pino logger that the runner uses. */
export interface RunnerLogger {
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

export interface ProjectionRunnerOptions {
  readonly eventStore: EventStore;
  readonly readModelStore: ProjectionStore;
  readonly models: readonly AnyReadModel[];
  readonly logger: RunnerLogger;
  /** Called after every page. */
  readonly onProgress?: (update: ProgressUpdate) => void;
  /** The runner has ended by itself: another one is at work (CheckpointConflictError), or the log is gone. */
  readonly onStopped?: (error: unknown) => void;
  /** Documents of each read model that are cached between two pages. Default 2,000. */
  readonly cachedDocuments?: number;
  /** A model this far behind the others gets a subscription of its own until it has caught up, in the log's own unit. */
  readonly farBehind?: number;
}
