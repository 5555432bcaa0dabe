import type { LeasedWorker } from '../../lease/index.js';
import { CheckpointConflictError } from '../../read-model-store/index.js';
import { heldBuilds } from './build-marks.js';
import { labelOf } from './parked-keys.js';
import { createProjectionRunner, type ProjectionRunner } from './projection-runner.js';
import { RequestedRebuilds } from './requested-rebuilds.js';
import { answerRetries } from './retry-requests.js';
import type { ProjectionRunnerOptions } from './runner-options.js';

/**
 * Runs projections as leased work. Each heartbeat retries the parked keys and begins the rebuilds that operators asked for in the read
 * store. It answers false, so that the work is started afresh, when a rebuild handed a build over or another runner has moved a checkpoint;
 * it throws what else ended the runner.
 * @throws StoreRefusedError as `ProjectionRunner.start`
 */
export async function runAttended(options: ProjectionRunnerOptions): Promise<LeasedWorker> {
  const names = new Set(options.models.map(({ name }) => name));
  let isReplaced = false;
  let failure: { readonly error: unknown } | null = null;
  const runner = createProjectionRunner({
    ...options,
    onStopped: (error) => {
      if (error instanceof CheckpointConflictError) isReplaced = true;
      else {
        failure = { error };
        options.onStopped?.(error);
      }
    },
  });
  const retry = (model: string, key: string) => runner.retry(model, key);
  await runner.start();
  const rebuilds = new RequestedRebuilds(options);
  return {
    heartbeat: async () => {
      if (isReplaced) return false;
      if (failure !== null) throw failure.error;
      await answerRetries(options.readModelStore, names, retry);
      await rebuilds.look();
      return !(await hasMoreToKeep(runner, options));
    },
    close: async () => {
      await rebuilds.close();
      await runner.close();
    },
  };
}

/** Whether the newest build of a model is one that the runner did not find at its start. */
async function hasMoreToKeep(
  runner: ProjectionRunner,
  { readModelStore, models }: ProjectionRunnerOptions,
): Promise<boolean> {
  const states = await readModelStore.collections();
  const newest = models.flatMap(({ name, version }) =>
    states.filter((state) => state.name === name && state.version === version).slice(-1),
  );
  if (newest.every((state) => runner.keeps(labelOf(state)))) return false;
  const held = await heldBuilds.labels(readModelStore);
  return models.some(({ name, version }) => {
    const free = states.filter(
      (state) => state.name === name && state.version === version && !held.has(labelOf(state)),
    );
    const last = free.at(-1);
    return last !== undefined && !runner.keeps(labelOf(last));
  });
}
