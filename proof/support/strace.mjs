// Breaks system calls of a program on files of our choice, through strace.
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How SQLite waits for the disk (better-sqlite3 by the first alone), and how it writes. */
export const SYNCS = 'fsync,fdatasync';
export const WRITES = 'pwrite64';

/** Null where processes can be traced here; else what a proof answers that needs it. */
export function wantOfStrace() {
  const { status } = spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
  return status === 0 ? null : { notTested: 'strace, or the right to trace processes', failures: [] };
}

/** The files that hold this database: itself, and what SQLite keeps beside it. */
export const filesOf = (database) => ['', '-wal', '-journal'].map((suffix) => `${database}${suffix}`);

/**
 * Runs a program under strace to its end. Calls are counted by thread, and only those on `paths`.
 * @param {string[]} program
 * @param {{ paths: string[], calls: string, inject?: string }} watched `calls` as in `-e trace=`; `inject` as in `-e inject=`,
 *   without the calls
 * @returns what it printed, line by line, how it ended, and the calls: `{ thread, call, line }` in order
 */
export async function traced(program, { paths, calls, inject }) {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-trace-'));
  const output = join(directory, 'calls');
  try {
    const { child, lines } = startTraced(program, { paths, calls, inject, output });
    const code = await new Promise((done) => child.once('close', done));
    return { lines, code, calls: await callsIn(output) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The command line in front of a program, whose process stays the one that is started. */
export function straceOf({ paths, calls, inject, output }) {
  // Without --seccomp-bpf: with it, strace 6.1 injects no signal.
  const args = ['-D', '-f', '-y', '-o', output, '-e', `trace=${calls}`, ...paths.flatMap((path) => ['-P', path])];
  if (inject !== undefined) args.push('-e', `inject=${calls}:${inject}`);
  return ['strace', ...args];
}

function startTraced(program, watched) {
  const [strace, ...args] = straceOf(watched);
  const child = spawn(strace, [...args, ...program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, lines };
}

/** The calls that strace has written down: `{ thread, call, line }` in order. */
export async function callsIn(output) {
  const calls = [];
  for await (const text of createInterface({ input: createReadStream(output) })) {
    const [, thread, call, line] = /^(\d+) +(\w+)\((.*)$/.exec(text) ?? [];
    if (call !== undefined) calls.push({ thread, call, line });
  }
  return calls;
}
