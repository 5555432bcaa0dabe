// Processes that a bench measures over HTTP, and what it asks of them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RawClient } from './raw-client.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const AUTH_SECRET = 'a secret that stands in the bench alone';

export const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};

/** The parsed body of an answer with this status. */
export function demand(answer, status) {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body}`);
  return JSON.parse(answer.body);
}

/** As `npm start` runs it. */
export function start(file, env) {
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

/** The built engine on files of its own, with so many products and plenty of each; `close` deletes the files. */
export async function openShop(products) {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-bench-'));
  const setting = { PORT: '0', DATA_DIR: directory, AUTH_SECRET, SEED_DEMO: '0', LOG_LEVEL: 'warn' };
  const server = start('dist/infra/app/main.js', setting);
  const port = await server.port;
  const { signToken } = await import('../../dist/infra/http/index.js');
  const token = await signToken(
    { role: 'admin', sub: 'bench', ttl: 3600 },
    { secret: AUTH_SECRET, issuer: null, audience: null, jwksUrl: null },
  );
  const admin = `authorization: Bearer ${token}\r\n`;
  const skus = Array.from({ length: products }, (_, index) => `BENCH-${index}`);
  const client = new RawClient(port);
  for (const sku of skus) {
    const price = { amount: 1999, currency: 'USD' };
    const product = { sku, name: `Product ${sku}`, categories: ['bench'], price };
    demand(await client.request('POST', '/v1/products', product, admin), 201);
    demand(await client.request('POST', `/v1/inventory/${sku}/receipts`, { quantity: 1_000_000 }, admin), 200);
  }
  client.close();
  const close = async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { port, skus, directory, cpu: server.cpu, close };
}
