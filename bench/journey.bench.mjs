// Orders a second against what the bare framework answers with a constant, in one run: node bench/journey.bench.mjs
// A journey is a cart, two items and a checkout that waits until the order is confirmed: 4 requests. Prints per round the
// bare framework's requests a second, the engine's orders a second, their ratio, and the latency of whole journeys.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RawClient } from './journey/raw-client.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    shoppers: { type: 'string', default: '64' },
    skus: { type: 'string', default: '500' },
  },
});
const seconds = Number(values.seconds);
const shoppers = Number(values.shoppers);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** As `npm start` runs it. */
function start(file, env) {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', file], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
    child.on('exit', () => reject(new Error(`${file} ended: ${text}`)));
  });
  const stop = () =>
    new Promise((done) => {
      child.on('exit', done);
      child.kill('SIGINT');
    });
  return { port: url, stop, cpu: () => cpuSeconds(child.pid) };
}

/** CPU seconds of the process's first thread and of all of them; null where there is no /proc. */
function cpuSeconds(pid) {
  if (!existsSync(`/proc/${pid}/task`)) return null;
  const of = (file) => {
    const [, fields] = /\) (.*)/s.exec(readFileSync(file, 'utf8')) ?? [];
    const [user, system] = fields.split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  };
  return { main: of(`/proc/${pid}/task/${pid}/stat`), all: of(`/proc/${pid}/stat`) };
}

/** CPU microseconds a unit of work, on the main thread and in all. */
function cpuPerUnit(before, after, units) {
  if (before === null || after === null) return null;
  return { main: ((after.main - before.main) / units) * 1e6, all: ((after.all - before.all) / units) * 1e6 };
}

/** Runs `work(client, index)` over and over with so many clients; answers how often it was done and how long each took, ms. */
async function load(port, clients, work) {
  const until = performance.now() + seconds * 1000;
  const times = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const client = new RawClient(port);
      while (performance.now() < until) {
        const started = performance.now();
        await work(client, index);
        times.push(performance.now() - started);
      }
      client.close();
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { count: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), max: times.at(-1) };
}

const demand = (answer, status) => {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body}`);
  return JSON.parse(answer.body);
};
const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};
let orders = 0;
async function journey(client, skus) {
  const pick = () => skus[Math.floor(Math.random() * skus.length)];
  const { cartId } = demand(await client.request('POST', '/v1/carts', { currency: 'USD' }), 201);
  for (let item = 0; item < 2; item++)
    demand(await client.request('POST', `/v1/carts/${cartId}/items`, { sku: pick(), quantity: 1 }), 200);
  const email = `shopper${orders++ % 5000}@example.com`;
  const body = { email, shippingAddress: address, payment: { token: 'tok_ok' } };
  const placed = demand(await client.request('POST', `/v1/carts/${cartId}/checkout`, body, 'prefer: wait=10\r\n'), 201);
  if (placed.status !== 'confirmed') throw new Error(`order is ${JSON.stringify(placed)}`);
}

async function bare() {
  const server = start('bench/journey/bare-server.mjs', {});
  const port = await server.port;
  const before = server.cpu();
  const result = await load(port, shoppers, async (client) =>
    demand(await client.request('POST', '/constant', { currency: 'USD' }), 201),
  );
  const cpu = cpuPerUnit(before, server.cpu(), result.count);
  await server.stop();
  return { ...result, cpu };
}

async function engine() {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'cartwright-bench-'));
  const AUTH_SECRET = 'a secret that stands in the bench alone';
  const server = start('dist/infra/app/main.js', {
    PORT: '0',
    DATA_DIR,
    AUTH_SECRET,
    SEED_DEMO: '0',
    LOG_LEVEL: 'warn',
  });
  const port = await server.port;
  const { signToken } = await import('../dist/infra/http/index.js');
  const token = await signToken(
    { role: 'admin', sub: 'bench', ttl: 3600 },
    { secret: AUTH_SECRET, issuer: null, audience: null, jwksUrl: null },
  );
  const admin = `authorization: Bearer ${token}\r\n`;
  const skus = Array.from({ length: Number(values.skus) }, (_, index) => `BENCH-${index}`);
  const client = new RawClient(port);
  for (const sku of skus) {
    demand(
      await client.request(
        'POST',
        '/v1/products',
        { sku, name: `Product ${sku}`, categories: ['bench'], price: { amount: 1999, currency: 'USD' } },
        admin,
      ),
      201,
    );
    demand(await client.request('POST', `/v1/inventory/${sku}/receipts`, { quantity: 1_000_000 }, admin), 200);
  }
  client.close();
  const before = server.cpu();
  const result = await load(port, shoppers, (shopper) => journey(shopper, skus));
  const cpu = cpuPerUnit(before, server.cpu(), result.count);
  await server.stop();
  rmSync(DATA_DIR, { recursive: true, force: true });
  return { ...result, cpu };
}

console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, ${shoppers} shoppers, ${seconds} s a round`,
);
const ratios = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  const constant = await bare();
  const placed = await engine();
  ratios.push(placed.perSecond / constant.perSecond);
  const ms = (value) => value.toFixed(1);
  console.log(
    `round ${round}: bare ${Math.round(constant.perSecond)}/s · orders ${ms(placed.perSecond)}/s · ratio ${ratios.at(-1).toFixed(4)} · journey p50 ${ms(placed.p50)} p99 ${ms(placed.p99)} max ${ms(placed.max)} ms`,
  );
  const micros = ({ cpu }) => (cpu === null ? '–' : `${Math.round(cpu.main)} (all threads ${Math.round(cpu.all)})`);
  console.log(`  CPU µs: a bare request ${micros(constant)}, an order ${micros(placed)}`);
}
ratios.sort((a, b) => a - b);
console.log(`median ratio ${ratios[Math.floor(ratios.length / 2)].toFixed(4)}`);
