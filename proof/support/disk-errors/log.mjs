// Lets calls on the files of a log fail, of a process that appends and does nothing else.
import { basename, join } from 'node:path';
import { appendPlan, appendProgram } from '../appending.mjs';
import { Disk } from '../disk/power-loss.mjs';
import { recorded } from '../disk/recording.mjs';
import { faultsOfImage } from '../disk/image.mjs';
import { planFaults, readLog } from '../log-check.mjs';
import { logPlan } from '../log-plan.mjs';
import { inDirectory, pointsOf } from '../points.mjs';
import { randomOf } from '../random.mjs';
import { SYNCS } from '../strace.mjs';

const PLAN = { rounds: 16, size: 400, reopenEvery: 1000 };
/** A call fails once, and would succeed if it were tried again; a full disk stays full. */
const TROUBLES = [
  { call: 'fsync', error: 'EIO', often: '' },
  { call: 'pwrite64', error: 'EIO', often: '' },
  { call: 'pwrite64', error: 'ENOSPC', often: '+' },
];
const CHANGING = new Set(['write', 'truncate', 'sync', 'failed']);

/** So many first syncs make the log. */
const MAKING = 8;

/** What the process said, and at which operation. */
const saidIn = (operations) =>
  operations.flatMap(({ kind, text }, at) =>
    kind === 'say'
      ? text
          .trim()
          .split('\n')
          .map((line) => ({ line, at }))
      : [],
  );

/** After a failure nothing is written, nothing synced and nothing acknowledged; the disk has all that was acknowledged before. */
function writerFaults({ operations, code }, isOnce) {
  const failedAt = operations.findIndex(({ kind }) => kind === 'failed');
  if (failedAt < 0) return ['it was not reached'];
  // SQLite takes no notice of a directory that cannot be synced: all that counts is that nothing is lost by it.
  if (!/events\.db/.test(operations[failedAt].path)) return [];
  const said = saidIn(operations);
  // It failed while the log was made: the process says so and ends.
  if (said.length === 0) return code === 1 ? [] : [`it ended with ${code} without a word`];
  const faults = code === 0 ? [] : [`it ended with ${code}`];
  const later = operations
    .slice(failedAt + 1)
    .filter(({ kind, path }) => CHANGING.has(kind) && /events\.db/.test(path));
  if (isOnce && later.length > 0)
    faults.push(`after it ${later[0].kind} of ${basename(later[0].path)}, and ${later.length - 1} more`);
  const since = said.filter(({ line, at }) => at > failedAt && line !== 'closed');
  const taken = since.filter(({ line }) => /^\d/.test(line));
  if (taken.length > 0) faults.push(`${taken.length} appends were acknowledged after it`);
  const refusals = new Set(since.map(({ line }) => line.split(' ')[1]));
  if (!refusals.has('StoreUnavailableError') && since.length > 1)
    faults.push(`appends are refused with ${[...refusals]}`);
  return faults;
}

async function failsAt({ trouble, point, seed }, directory) {
  const plan = { seed, ...PLAN };
  const appends = logPlan(plan).flat();
  const { call, error, often } = trouble;
  const inject = `${call}:error=${error}:when=${point}${often}`;
  const run = await recorded(appendProgram(join(directory, 'data'), plan), directory, {
    database: 'events.db',
    inject,
  });
  const faults = writerFaults(run, often === '');
  const acknowledged = new Set(
    saidIn(run.operations).flatMap(({ line }) => (/^\d+$/.test(line) ? [Number(line)] : [])),
  );

  const disk = new Disk();
  for (const operation of run.operations) disk.apply(operation);
  const left = await faultsOfImage(disk.lose('nothing', randomOf(seed)), appends, acknowledged);
  faults.push(...left.map((fault) => `with the power lost then: ${fault}`));

  const again = await appendPlan(join(directory, 'data'), plan, { calls: SYNCS });
  if (again.acknowledged.size < appends.length)
    faults.push(`after a restart ${again.acknowledged.size} of ${appends.length} are taken`);
  const { events, wrong } = await readLog(join(directory, 'data'));
  faults.push(
    ...[...wrong, ...planFaults(events, appends, new Set(appends.keys()))].map((fault) => `after a restart: ${fault}`),
  );
  return faults.map((fault) => `${error} at ${call} ${point}: ${fault}`);
}

/** @returns the points that were reached, and what did not hold */
export async function breakLog({ seed, isShort, log }) {
  const plan = { seed, ...PLAN };
  const { operations } = await inDirectory((directory) =>
    recorded(appendProgram(join(directory, 'data'), plan), directory, { database: 'events.db' }),
  );
  const calls = {
    fsync: operations.filter(({ kind }) => kind === 'sync').map((_, index) => index + 1),
    pwrite64: operations.filter(({ kind }) => kind === 'write').map((_, index) => index + 1),
  };
  const failures = [];
  const reached = [];
  for (const trouble of TROUBLES) {
    const all = calls[trouble.call];
    const chosen = pointsOf(all, { seed, most: isShort ? 3 : 60 });
    // Those of the log's making are always among them: one that failed had left a log whose commits were not safe.
    const points = trouble.call === 'fsync' ? [...new Set([...all.slice(0, MAKING), ...chosen])] : chosen;
    for (const point of points)
      failures.push(...(await inDirectory((directory) => failsAt({ trouble, point, seed }, directory))));
    reached.push(`${trouble.error} at ${points.length} of ${all.length} calls of ${trouble.call}`);
    log(`the log: ${reached.at(-1)}`);
  }
  return { reached: `the log met ${reached.join(', ')}`, failures };
}
