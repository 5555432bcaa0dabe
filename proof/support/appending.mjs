// The process that appends a plan to a log.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOf, traced } from './strace.mjs';

const appendProcess = fileURLToPath(new URL('append-process.mjs', import.meta.url));

/** Its command line; `preload` is a module that is loaded before it. */
export const appendProgram = (directory, plan, preload) => {
  const before = preload === undefined ? [] : ['--import', fileURLToPath(preload)];
  return [process.execPath, ...before, appendProcess, directory, JSON.stringify(plan)];
};

/**
 * Appends a plan to the log of a directory.
 * @param {{ calls: string, inject?: string }} watched calls on the log's files, as `traced` takes them
 * @returns the calls, the numbers of the appends that were acknowledged, and whether it came to its end
 */
export async function appendPlan(directory, plan, watched) {
  const paths = filesOf(join(directory, 'events.db'));
  const { lines, calls } = await traced(appendProgram(directory, plan), { paths, ...watched });
  const acknowledged = new Set(lines.filter((line) => /^\d+$/.test(line)).map(Number));
  return { calls, acknowledged, isThrough: lines.at(-1) === 'closed' };
}
