/**
 * How long `/healthz` takes while others send what costs most: by default 50 requests a second, half of them a body of 1 MiB with 100,000 members, half
 * an address of 110 kB. Under 100 ms at the 99th percentile is the aim. Run after `npm run build`, or name an engine that runs:
 *
 *   node bench/hostile-load.bench.mjs [seconds] [hostile requests a second] [url]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

const seconds = Number(process.argv[2] ?? 20);
const hostileASecond = Number(process.argv[3] ?? 50);
const ASK_EVERY_MS = 20;

const members = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index.toString(36)}`, 1]));
const body = JSON.stringify({ currency: 'USD', ...members });
const query = Array.from({ length: 26_000 }, (_, index) => `${index.toString(36)}=`)
  .join('&')
  .slice(0, 110_000);
const hostile = [
  { path: '/v1/carts', method: 'POST', headers: { 'content-type': 'application/json' }, body },
  { path: `/v1/products?${query}`, method: 'GET' },
];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startEngine() {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-bench-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = new URL('../dist/infra/app/main.js', import.meta.url).pathname;
  const env = { ...process.env, DATA_DIR: directory, PORT: new URL(url).port, SEED_DEMO: '0', LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, ['--max-semi-space-size=64', program], { env, stdio: 'ignore' });
  const stop = async () => {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(directory, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600; tries += 1) {
    const status = await fetch(`${url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return { url, stop };
    await delay(100);
  }
  await stop();
  throw new Error('the engine does not start');
}

const engine = process.argv[4] === undefined ? await startEngine() : { url: process.argv[4], stop: async () => {} };
const [attackers, honest] = [new Agent({ connections: 100 }), new Agent({ connections: 100 })];
const statuses = new Map();
const times = [];
const ends = performance.now() + seconds * 1000;

async function attack() {
  if (hostileASecond === 0) return;
  for (let count = 0; performance.now() < ends; count += 1) {
    const { path, ...options } = hostile[count % hostile.length];
    request(engine.url + path, { ...options, dispatcher: attackers })
      .then(async ({ statusCode, body: answer }) => {
        await answer.dump();
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      })
      .catch(({ code }) => statuses.set(code, (statuses.get(code) ?? 0) + 1));
    await delay(1000 / hostileASecond);
  }
}

async function ask() {
  const pending = [];
  while (performance.now() < ends) {
    const started = performance.now();
    const asked = request(`${engine.url}/healthz`, { dispatcher: honest });
    pending.push(asked.then(({ body: answer }) => answer.dump()).then(() => times.push(performance.now() - started)));
    await delay(ASK_EVERY_MS);
  }
  await Promise.allSettled(pending);
}

await Promise.all([attack(), ask()]);
times.sort((one, other) => one - other);
const at = (share) => `${(times[Math.floor((times.length - 1) * share)] ?? Number.NaN).toFixed(1)} ms`;
console.log(`hostile answers by status: ${JSON.stringify(Object.fromEntries(statuses))}`);
console.log(`/healthz, ${times.length} answers: p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`);
await Promise.all([attackers.destroy(), honest.destroy()]);
await engine.stop();
