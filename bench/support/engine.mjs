// The built engine of a revision as a process of its own, as `npm start` runs it.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryOf, usageOf } from './usage.mjs';
import { RawClient, bodyOf } from './raw-client.mjs';

const AUTH_SECRET = 'a secret that stands in the bench alone';
const START_TIMEOUT_MS = 600_000;
const WATCH_EVERY_MS = 50;

const directories = new Set();
const children = new Set();
/** Kills what still runs and deletes what was filled. */
export function endEverything() {
  for (const child of children) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    endEverything();
    process.exit(130);
  });
}

/** An empty directory, which is deleted by `remove`, at the latest when the bench ends. */
export function temporaryDirectory(parent) {
  const path = mkdtempSync(join(parent, 'cartwright-bench-'));
  directories.add(path);
  const remove = () => {
    rmSync(path, { recursive: true, force: true });
    directories.delete(path);
  };
  return { path, remove };
}

/** The `authorization` line of a token for this role. */
export function tokenLine(role) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 30 * 24 * 3600;
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'bench', role, exp })}`;
  return `authorization: Bearer ${signed}.${createHmac('sha256', AUTH_SECRET).update(signed).digest('base64url')}\r\n`;
}

/** A Node process that is killed with the bench, run by another program where one is named; `ended` resolves with its exit code. */
export function startProcess(args, { cwd, env = {}, stdout = 'ignore', stderr = 'inherit', runBy = [] }) {
  const [program, ...before] = [...runBy, process.execPath];
  const child = spawn(program, [...before, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, stderr],
  });
  children.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child);
    return code;
  });
  return { child, pid: child.pid, ended, isRunning: () => children.has(child) };
}

const settings = (directory) => ({ DATA_DIR: directory, AUTH_SECRET, SEED_DEMO: '0', LOG_LEVEL: 'warn' });

/** Runs a command of the revision's command line on a data directory to its end; `watch(pid)` is called meanwhile. */
export async function runCommand(subject, directory, args, watch) {
  const run = startProcess([...programOf(subject, 'cli'), ...args], {
    cwd: subject.root,
    env: settings(directory),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let said = '';
  for (const stream of [run.child.stdout, run.child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const timer = setInterval(() => watch(run.pid), WATCH_EVERY_MS);
  const code = await run.ended.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said}`);
}

/** What stands behind `node` in a script of the revision's package.json. */
function programOf({ root }, script) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts[script].split('&&').at(-1).trim().split(' ').slice(1);
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether the engine says that it is ready; not while it refuses connections. */
export async function isReady(port) {
  const client = new RawClient(port);
  const status = await client.request('GET', '/readyz').then(
    (answer) => answer.status,
    () => 0,
  );
  client.close();
  return status === 200;
}

/** Starts it on a directory of files; it need not be ready. What it logs goes to the file `subject.logFile`, where that is open. */
export const launchEngine = (subject, directory, { port, env = {}, runBy }) =>
  startProcess(programOf(subject, 'start'), {
    cwd: subject.root,
    env: { ...settings(directory), PORT: String(port), ...env },
    stderr: subject.logFile,
    runBy,
  });

/** Starts it on a directory of files and waits until it is ready; `readyAfter` says how long that took, ms. */
export async function startEngine(subject, directory, env = {}) {
  const port = await freePort();
  const started = performance.now();
  const run = launchEngine(subject, directory, { port, env });
  while (!(await isReady(port))) {
    if (!run.isRunning()) throw new Error(`the engine of ${subject.revision} has ended`);
    if (performance.now() - started > START_TIMEOUT_MS) throw new Error('the engine does not get ready');
    await delay(5);
  }
  const readyAfter = performance.now() - started;
  const stop = async () => {
    run.child.kill('SIGINT');
    const ended = await run.ended;
    if (ended !== 0) throw new Error(`the engine of ${subject.revision} stopped with ${ended}`);
  };
  const { pid } = run;
  return { port, pid, readyAfter, usage: () => usageOf(pid), memory: () => memoryOf(pid), stop };
}

/** Waits until every read model has seen the whole log, and throws where one has an event that it could not apply. */
export async function settled({ port }) {
  const client = new RawClient(port);
  for (;;) {
    const { items } = bodyOf(await client.request('GET', '/v1/projections', undefined, tokenLine('admin')), 200);
    const parked = items.filter((model) => model.parked > 0);
    if (parked.length > 0) throw new Error(`events are parked: ${JSON.stringify(parked)}`);
    if (items.every(({ lag }) => lag === 0)) break;
    await delay(20);
  }
  client.close();
}

/** Sums of the engine's own metrics by name, over all labels. */
export async function scrape({ port }) {
  const client = new RawClient(port);
  const { body } = await client.request('GET', '/metrics', undefined, tokenLine('admin'));
  client.close();
  const sums = {};
  for (const [, name, value] of body.matchAll(/^(\w+)(?:\{[^}]*\})? (\S+)/gm)) {
    sums[name] = (sums[name] ?? 0) + Number(value);
  }
  return sums;
}
