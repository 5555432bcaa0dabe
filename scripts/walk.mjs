// Which files a checkout goes through: starts the built engine, buys two things and reads the order five times over, and lists the
// files with a function that was called, in any thread. What runs without a purchase as well (leases, polls) is left out.
// With --check it fails when docs/walk.md does not name those of commerce and of the engine, or names others, or too many.
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A newcomer reads them in a morning; those of the engine are the same for whatever is sold. */
const MOST_OF_COMMERCE = 60;
const MOST_OF_ENGINE = 20;
const JOURNEYS = 5;
const COMMERCE = /^(domain|write-side|sagas|projections|read-api)\//;
/** What loads, folds, decides and appends, runs sagas and projections, whatever the commerce. */
const ENGINE = /^infra\/engine\//;

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'cartwright-walk-'));
const secret = randomBytes(32).toString('hex');

async function startEngine() {
  const args = ['--import', join(import.meta.dirname, 'walk', 'coverage.mjs'), join(root, 'dist/infra/app/main.js')];
  const setting = { DATA_DIR: join(work, 'data'), PORT: '0', AUTH_SECRET: secret, SEED_DEMO: '0', LOG_LEVEL: 'error' };
  const env = { ...process.env, ...setting, WALK_DIRECTORY: work };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`the engine did not start: ${text}`);
}

function adminToken() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'walk', role: 'admin', exp })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

async function call(url, { method, body, headers = {} }) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers: { ...type, ...headers }, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return { ...JSON.parse(text), token: answer.headers.get('consistency-token') };
}

/** What was called since the last look: functions by file of the source. */
async function look(number) {
  writeFileSync(join(work, `look-${number}`), '');
  const threads = readdirSync(work).filter((name) => name.startsWith('thread-')).length;
  const names = () => readdirSync(work).filter((name) => name.startsWith(`${number}-`) && name.endsWith('.json'));
  for (let waited = 0; names().length < threads; waited++) {
    if (waited === 1500)
      throw new Error(`only ${names().length} of ${threads} threads told what they had called: ${names().join()}`);
    await pause(20);
  }
  const files = new Map();
  for (const name of names()) {
    for (const [url, functions] of Object.entries(JSON.parse(readFileSync(join(work, name), 'utf8')))) {
      if (functions.length === 0 || !url.startsWith('file:') || url.includes('/node_modules/')) continue;
      const path = relative(join(root, 'dist'), fileURLToPath(url)).replace(/\.js$/, '.ts');
      if (path.startsWith('..')) continue;
      files.set(path, new Set([...(files.get(path) ?? []), ...functions]));
    }
  }
  return files;
}

const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};

async function fillCart(url) {
  const { cartId } = await call(`${url}/v1/carts`, { method: 'POST', body: { currency: 'USD' } });
  for (const sku of ['A-1', 'B-1']) {
    await call(`${url}/v1/carts/${cartId}/items`, { method: 'POST', body: { sku, quantity: 1 } });
  }
  return cartId;
}

async function checkOutAndRead(url, cartId) {
  const body = { email: `${cartId}@example.com`, shippingAddress: address, payment: { token: 'tok_ok' } };
  const headers = { prefer: 'wait=30' };
  const placed = await call(`${url}/v1/carts/${cartId}/checkout`, { method: 'POST', body, headers });
  const read = { authorization: `Bearer ${placed.accessToken}`, 'consistency-token': placed.token };
  await call(`${url}/v1/orders/${placed.orderId}`, { method: 'GET', headers: read });
}

/** Files that each journey went through, with what is called without one left out. */
async function walked(engine) {
  const admin = { authorization: `Bearer ${adminToken()}` };
  for (const sku of ['A-1', 'B-1']) {
    const body = { sku, name: sku, price: { amount: 1999, currency: 'USD' } };
    await call(`${engine.url}/v1/products`, { method: 'POST', body, headers: admin });
    const receipt = { method: 'POST', body: { quantity: 100 }, headers: admin };
    await call(`${engine.url}/v1/inventory/${sku}/receipts`, receipt);
  }
  let looks = 0;
  const next = () => look(++looks);
  const always = new Map();
  const called = new Set();
  // What a purchase leaves to be done a little later (a cursor written once a second) is called after its answer.
  const note = (files) => files.forEach((_, file) => called.add(file));
  for (let journey = 0; journey < JOURNEYS; journey++) {
    const cartId = await fillCart(engine.url);
    await pause(500);
    note(await next());
    await pause(1000);
    const idle = await next();
    note(idle);
    await checkOutAndRead(engine.url, cartId);
    const files = await next();
    note(files);
    const isIdle = (file, functions) => [...functions].every((name) => idle.get(file)?.has(name));
    const own = [...files].filter(([file, functions]) => !isIdle(file, functions)).map(([file]) => file);
    for (const file of own) always.set(file, (always.get(file) ?? 0) + 1);
  }
  await pause(1500);
  note(await next());
  const files = [...always.keys()].filter((file) => existsSync(join(root, file))).sort();
  return { files, called, isAlways: (file) => always.get(file) === JOURNEYS };
}

const linesOf = (files) =>
  files.reduce((sum, file) => sum + readFileSync(join(root, file), 'utf8').split('\n').length, 0);

/**
 * What is called in some journeys and not in others (a pause, a second try) may be named or not, and what is counted is what the page
 * names: so the outcome does not hang on how fast the machine was.
 */
function check({ files, called, isAlways }) {
  const page = readFileSync(join(root, 'docs', 'walk.md'), 'utf8');
  const named = new Set([...page.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path]) => path));
  const read = files.filter((file) => COMMERCE.test(file) || ENGINE.test(file));
  const problems = [
    ...read.filter((file) => isAlways(file) && !named.has(file)).map((file) => `does not name ${file}`),
    ...[...named].filter((file) => !called.has(file)).map((file) => `names ${file}, which a checkout does not use`),
    ...tooMany(
      [...named].filter((file) => COMMERCE.test(file)),
      MOST_OF_COMMERCE,
      'commerce',
    ),
    ...tooMany(
      [...named].filter((file) => ENGINE.test(file)),
      MOST_OF_ENGINE,
      'the engine',
    ),
  ];
  for (const problem of problems) console.error(`docs/walk.md: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

const tooMany = ({ length }, most, what) =>
  length > most ? [`names ${length} files of ${what}, which are more than ${most}`] : [];

function tell({ files }) {
  const groups = [
    ['of commerce', files.filter((file) => COMMERCE.test(file))],
    ['of the engine', files.filter((file) => ENGINE.test(file))],
    ['behind ports and before the routes', files.filter((file) => !COMMERCE.test(file) && !ENGINE.test(file))],
  ];
  for (const [what, own] of groups) {
    if (!process.argv.includes('--check')) for (const file of own) console.log(`  ${file}`);
    console.log(`${own.length} files ${what}, ${linesOf(own)} lines`);
  }
}

const engine = await startEngine();
try {
  const all = await walked(engine);
  tell(all);
  if (process.argv.includes('--check')) check(all);
} finally {
  const ended = new Promise((done) => engine.child.on('exit', done));
  engine.child.kill('SIGTERM');
  await ended;
  rmSync(work, { recursive: true, force: true });
}
