import type { EventStore } from '../../../event-store/index.js';
import type { ReadModelStore } from '../../../read-model-store/index.js';
import {
  openTemporaryReadModelStore,
  type TemporaryReadModelStore,
} from '../../../read-model-store/test-support/index.js';
import type { ProgressUpdate } from '../progress.js';
import type { AnyReadModel } from '../read-model.js';
import { createProjectionRunner, type ProjectionRunner, type ProjectionRunnerOptions } from '../index.js';

export type RunnerSettings = Partial<ProjectionRunnerOptions> & {
  readonly eventStore: EventStore;
  readonly models: readonly AnyReadModel[];
};

/** Runners over one temporary read model store; what they told and how they ended. */
export interface RunnerBench {
  readonly store: ReadModelStore;
  readonly temporary: TemporaryReadModelStore;
  readonly updates: ProgressUpdate[];
  readonly stops: unknown[];
  /** Started. */
  run(settings: RunnerSettings): Promise<ProjectionRunner>;
  /** All documents of a collection by id. */
  documents(name: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function openRunnerBench(): Promise<RunnerBench> {
  const temporary = await openTemporaryReadModelStore();
  const runners: ProjectionRunner[] = [];
  const updates: ProgressUpdate[] = [];
  const stops: unknown[] = [];
  return {
    store: temporary.store,
    temporary,
    updates,
    stops,
    run: async (settings) => {
      const runner = createProjectionRunner({
        readModelStore: temporary.store,
        logger: quiet,
        onProgress: (update) => updates.push(update),
        onStopped: (error) => stops.push(error),
        ...settings,
      });
      runners.push(runner);
      await runner.start();
      return runner;
    },
    documents: async (name) =>
      Object.fromEntries((await temporary.store.scan(name, { limit: 1_000 })).map(({ id, doc }) => [id, doc])),
    close: async () => {
      for (const runner of runners) await runner.close();
      await temporary.close();
    },
  };
}

/** Waits until the check passes; the test's own time limit ends a wait in vain. */
export async function eventually(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 2));
}
