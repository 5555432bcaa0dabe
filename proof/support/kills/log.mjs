// Kills a process that appends to a log, and nothing else, at syncs and writes of its files.
import { planFaults, readLog } from '../log-check.mjs';
import { logPlan } from '../log-plan.mjs';
import { inDirectory, pointsOf } from '../points.mjs';
import { appendPlan } from '../appending.mjs';
import { SYNCS, WRITES } from '../strace.mjs';

/** Appends of a few hundred bytes: every sync is that of a commit, or of the log's making and end. */
const SMALL = { rounds: 40, size: 400 };
/** Large ones: between the commits the write-ahead log is folded into the file, and begins anew. */
const LARGE = { rounds: 24, size: 250_000 };

/** Kills at one point; answers what does not hold, as it is left and once all was sent again. */
async function killedAt({ plan, calls, point }, directory) {
  const what = `${plan.rounds} rounds killed at ${calls.split(',')[0]} ${point}`;
  const appends = logPlan(plan).flat();
  const killed = await appendPlan(directory, plan, { calls, inject: `signal=KILL:when=${point}` });
  if (killed.isThrough) return [`${what}: the process did not die of it`];
  const failures = [];
  const look = async (acknowledged, when) => {
    const { events, wrong } = await readLog(directory);
    const faults = [...wrong, ...planFaults(events, appends, acknowledged)];
    failures.push(...faults.map((fault) => `${what}, ${when}: ${fault}`));
  };
  // Before the first append is acknowledged there may be no log yet.
  if (killed.acknowledged.size > 0) await look(killed.acknowledged, 'as it was left');
  const again = await appendPlan(directory, plan, { calls });
  if (again.acknowledged.size < appends.length || !again.isThrough)
    failures.push(`${what}: of ${appends.length} appends ${again.acknowledged.size} were taken when sent again`);
  await look(new Set(appends.keys()), 'after all was sent again');
  return failures;
}

/** A run that nothing ends: its calls, in order. */
async function counted(plan, calls) {
  const run = await inDirectory((directory) => appendPlan(directory, plan, { calls }));
  if (!run.isThrough || run.calls.length < plan.rounds)
    throw new Error(`a run that was left alone made ${run.calls.length} calls of ${calls}`);
  return run.calls;
}

/** The syncs at which the write-ahead log is folded into the file between two commits, and those beside them. */
function checkpointsOf(syncs) {
  const isOfFile = ({ line }) => /events\.db>/.test(line);
  // The first makes the file, the last closes it.
  const points = syncs.flatMap((sync, index) => (isOfFile(sync) ? [index + 1] : [])).slice(1, -1);
  if (points.length === 0) throw new Error('the write-ahead log was never folded into the file');
  return [...new Set(points.flatMap((point) => [point - 1, point, point + 1]))];
}

/** @returns the points that were reached, and what did not hold */
export async function killLog({ seed, isShort, log }) {
  const [small, large] = [SMALL, LARGE].map((plan) => ({ seed, ...plan }));
  const choose = (points, most) => pointsOf(points, { seed, ...(most !== undefined && { most }) });
  const syncs = await counted(small, SYNCS);
  const writes = await counted(small, WRITES);
  const folds = checkpointsOf(await counted(large, SYNCS));
  const kills = [
    ...choose(syncs.keys(), isShort ? 3 : undefined).map((index) => ({ plan: small, calls: SYNCS, point: index + 1 })),
    ...choose(writes.keys(), isShort ? 2 : 100).map((index) => ({ plan: small, calls: WRITES, point: index + 1 })),
    ...choose(folds, isShort ? 1 : undefined).map((point) => ({ plan: large, calls: SYNCS, point })),
  ];
  const failures = [];
  for (const [index, kill] of kills.entries()) {
    failures.push(...(await inDirectory((directory) => killedAt(kill, directory))));
    if ((index + 1) % 10 === 0) log(`the log: killed ${index + 1} of ${kills.length} times`);
  }
  const of = (calls, plan) => kills.filter((kill) => kill.calls === calls && kill.plan === plan).length;
  const reached = `the log at ${of(SYNCS, small)} of ${syncs.length} syncs, ${of(WRITES, small)} of ${writes.length} writes and ${of(SYNCS, large)} of ${folds.length} syncs around a checkpoint`;
  return { reached, failures };
}
