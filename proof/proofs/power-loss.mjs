// Takes the power away between any two writes of the log, and opens what the disk may be left with.
import { join } from 'node:path';
import { appendProgram } from '../support/appending.mjs';
import { faultsOfImage } from '../support/disk/image.mjs';
import { Disk, WAYS } from '../support/disk/power-loss.mjs';
import { recorded } from '../support/disk/recording.mjs';
import { logPlan } from '../support/log-plan.mjs';
import { inDirectory } from '../support/points.mjs';
import { randomOf } from '../support/random.mjs';
import { wantOfStrace } from '../support/strace.mjs';

const LESS_SAFE = new URL('../support/disk/normal-sync-process.mjs', import.meta.url);

/** The log is closed and opened in between: each time it is folded into its file, and begins anew. */
const SMALL = { rounds: 40, size: 400, reopenEvery: 12 };
/** It is folded while it is open. */
const LARGE = { rounds: 24, size: 250_000, reopenEvery: 1000 };

/** The operations of a process that appends the plan; `preload` is a module that makes it less safe. */
async function record(plan, preload) {
  const { code, operations } = await inDirectory((directory) =>
    recorded(appendProgram(join(directory, 'data'), plan, preload), directory, { database: 'events.db' }),
  );
  if (code !== 0) throw new Error(`the process that was recorded ended with ${code}`);
  return operations;
}

/** So many moments, in order: half of them right after an acknowledgement, when nothing else is certain to be on its way. */
function momentsOf(operations, count, random) {
  const acknowledged = operations.flatMap(({ kind }, index) => (kind === 'say' ? [index] : []));
  const moments = Array.from({ length: count }, (_, index) => {
    if (index % 2 === 0) return { at: random.of(acknowledged), way: index % 4 === 0 ? 'nothing' : random.of(WAYS) };
    return { at: random.below(operations.length), way: random.of(WAYS) };
  });
  return moments.sort((a, b) => a.at - b.at);
}

/** Takes the power away at so many moments of a recording; answers what was wrong, by moment. */
async function loseAt(operations, { plan, count, log }) {
  const random = randomOf(plan.seed);
  const appends = logPlan(plan).flat();
  const acknowledged = new Set();
  const disk = new Disk();
  const faults = [];
  let done = 0;
  for (const [index, { at, way }] of momentsOf(operations, count, random).entries()) {
    for (; done <= at; done += 1) {
      const operation = operations[done];
      if (operation.kind !== 'say') disk.apply(operation);
      for (const line of operation.text?.match(/^\d+$/gm) ?? []) acknowledged.add(Number(line));
    }
    const wrong = await faultsOfImage(disk.lose(way, random), appends, acknowledged);
    faults.push(...wrong.map((fault) => `power lost after operation ${at}, ${way} of the unsynced left: ${fault}`));
    if ((index + 1) % 100 === 0) log(`the power was lost ${index + 1} of ${count} times`);
  }
  return faults;
}

/** With less care (synchronous=NORMAL) the same moments have to lose what was acknowledged, and nothing worse. */
async function controlFaults(plan, count, log) {
  const operations = await record(plan, LESS_SAFE);
  const faults = await loseAt(operations, { plan, count, log });
  const losses = faults.filter((fault) => /of append \d+ 0 of \d+ events are there, acknowledged$/.test(fault));
  const others = faults.filter((fault) => !losses.includes(fault));
  if (losses.length === 0) others.push(`nothing was lost in ${count} power losses`);
  return { losses: losses.length, failures: others.map((fault) => `with synchronous=NORMAL: ${fault}`) };
}

export default {
  says: 'takes the power away between any two writes of the log: what the disk may be left with has all that was acknowledged',
  async run({ seed, isShort, log }) {
    const want = wantOfStrace();
    if (want !== null) return want;
    const parts = isShort
      ? [{ plan: { seed, ...SMALL }, count: 60 }]
      : [
          { plan: { seed, ...SMALL }, count: 2000 },
          { plan: { seed, ...LARGE }, count: 200 },
        ];
    const failures = [];
    const reached = [];
    for (const { plan, count } of parts) {
      const operations = await record(plan);
      failures.push(...(await loseAt(operations, { plan, count, log })));
      const syncs = operations.filter(({ kind }) => kind === 'sync').length;
      reached.push(`${count} times within ${operations.length} operations, ${syncs} of them syncs`);
    }
    const control = await controlFaults(parts[0].plan, 40, log);
    failures.push(...control.failures);
    return { reached: `power lost ${reached.join(', and ')}; the control lost ${control.losses} appends`, failures };
  },
};
