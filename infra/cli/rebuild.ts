import { setTimeout as pause } from 'node:timers/promises';
import { distance } from '../shared/position.js';
import { CheckpointConflictError } from '../read-model-store/index.js';
import {
  buildBeside,
  createPolledProgress,
  openModelRebuild,
  type Comparison,
  type ModelRebuild,
} from '../engine/projections/index.js';
import { CliError } from './cli-error.js';
import { withRunner, type ModelAccess } from './model-access.js';
import { showProgress, type Progress } from './progress.js';

const POLL_MS = 50;
const SWAP_SECONDS = 60;

export type Say = (line: string) => void;

/** How the rebuilt read model stands to the live one, as far as the two could be compared. */
export type Rebuilt = 'same' | 'different';

/**
 * Builds a read model beside the live one, compares the two, and has it swapped in, the same or not: what is made from the
 * log is right. Reads go on meanwhile. Killed, it goes on where it was with the next run.
 */
export async function rebuildModel(access: ModelAccess, say: Say): Promise<Rebuilt> {
  const startedAt = performance.now();
  const { model, readModelStore } = access;
  const onParked = ({ key, error }: { key: string; error: string }): void =>
    say(`${model.name}: ${key} parked: ${error}`);
  const rebuild = await openModelRebuild({ ...access, onParked });
  if (rebuild === null) return makeFirst(access, say);
  if (rebuild.position !== null) say(`${model.name}: ${rebuild.label} goes on at ${rebuild.position}`);
  let comparison: Comparison | null;
  try {
    comparison = await build(rebuild, access);
    for (const line of told(model.name, comparison)) say(line);
    await rebuild.handOver();
  } catch (error) {
    if (!(error instanceof CheckpointConflictError)) throw error;
    throw new CliError(`${model.name}: another rebuild of it is at work`);
  } finally {
    await rebuild.close();
  }
  await withRunner(access, () => until(() => rebuild.isLive(), model.name));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const checkpoint = await readModelStore.checkpoint(model.name);
  say(`${model.name}: ${rebuild.label} is live at ${checkpoint?.position ?? 'the beginning'}, after ${seconds} s`);
  return comparison === null || comparison.firstDifference === null ? 'same' : 'different';
}

async function build(rebuild: ModelRebuild, { model, eventStore }: ModelAccess): Promise<Comparison | null> {
  const head = await eventStore.head();
  let at = rebuild.position;
  let compared = 0;
  const building = showProgress(`rebuild ${model.name}`, { total: distance(null, head), already: distance(null, at) });
  let comparing: Progress | null = null;
  try {
    return await buildBeside(rebuild, eventStore, {
      onBuilt: (position) => {
        building.done(distance(at, position));
        at = position;
      },
      onCompared: (documents) => {
        comparing ??= showProgress(`compare ${model.name}`, {});
        comparing.done(documents - compared);
        compared = documents;
      },
    });
  } finally {
    building.stop();
    stop(comparing);
  }
}

const stop = (progress: Progress | null): void => progress?.stop();

/** There is no live one to build beside: the runner makes it. */
async function makeFirst(access: ModelAccess, say: Say): Promise<Rebuilt> {
  const { model, readModelStore, eventStore } = access;
  const progress = createPolledProgress({ readModelStore, models: [model.name], head: () => eventStore.head() });
  const isThere = async (): Promise<boolean> => (await progress.look(model.name))?.complete === true;
  await withRunner(access, () => until(isThere, model.name));
  say(`${model.name}: there was none, it is live`);
  return 'same';
}

async function until(holds: () => Promise<boolean>, name: string): Promise<void> {
  const giveUpAt = performance.now() + SWAP_SECONDS * 1000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt)
      throw new CliError(`${name}: the running engine does not swap it in; is it of another version? Restart it`);
    await pause(POLL_MS);
  }
}

function told(name: string, comparison: Comparison | null): string[] {
  if (comparison === null) return [`${name}: the live one cannot be compared with (another version or another log)`];
  const { documents, firstDifference, parked, undecided } = comparison;
  const lines: string[] = [];
  if (parked > 0) lines.push(`${name}: ${parked} parked in the live one, not compared`);
  if (undecided > 0) lines.push(`${name}: ${undecided} ahead of the live one, not compared`);
  if (firstDifference === null) return [...lines, `${name}: ${documents} documents compared, all are the same`];
  const { id, path, one = 'absent', other = 'absent' } = firstDifference;
  return [...lines, `${name}: the first difference is ${id}${path}: live ${one}, rebuilt ${other}`];
}
