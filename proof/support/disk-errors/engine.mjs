// Lets calls on the files of a whole engine's log and keys fail, while shoppers are about.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tokenLine } from '../../../bench/support/engine.mjs';
import { inDirectory } from '../points.mjs';
import { randomOf } from '../random.mjs';
import { ShopEngine } from '../shop-engine.mjs';
import { checkoutOf } from '../shoppers.mjs';
import { goShopping, happensMeanwhile, shoppingFaults } from '../shopping.mjs';
import { filesOf, straceOf } from '../strace.mjs';

const openCart = (engine) => ask(engine, '/v1/carts', { currency: 'USD' });

/** Of somebody who was never seen before. */
async function checkOut(engine) {
  const { json } = await openCart(engine);
  const items = { sku: 'PROOF-0', quantity: 1 };
  await ask(engine, `/v1/carts/${json.cartId}/items`, items);
  return ask(engine, `/v1/carts/${json.cartId}/checkout`, checkoutOf('nobody@example.com', 'tok_ok'));
}

/** `from` and `among`: the call that fails is one of so many, the start of the engine being over. */
const SYNC_OF_LOG = {
  database: 'events.db',
  calls: 'fsync',
  error: 'EIO',
  often: '',
  from: 12,
  among: 60,
  write: openCart,
};
const FULL_DISK = {
  database: 'events.db',
  calls: 'pwrite64',
  error: 'ENOSPC',
  often: '+',
  from: 150,
  among: 500,
  write: openCart,
};
const SYNC_OF_KEYS = {
  database: 'keys.db',
  calls: 'fsync',
  error: 'EIO',
  often: '',
  from: 8,
  among: 6,
  write: checkOut,
};
const CHECKS = { 'events.db': 'event-store', 'keys.db': 'key-store' };
const TRIES = 5;

const authorization = tokenLine('admin').slice('authorization: '.length).trim();

/** A read, or with a body a write. */
async function ask(engine, path, body) {
  const type = { 'content-type': 'application/json' };
  const write = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { authorization, ...(body !== undefined && type) };
  const answer = await fetch(`http://127.0.0.1:${engine.port}${path}`, { headers, ...write });
  const text = await answer.text();
  return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')), json: JSON.parse(text) };
}

/** Resolves when the engine says of this check that it fails. */
async function saysSo(engine, check) {
  for (;;) {
    const ready = await ask(engine, '/readyz').catch(() => null);
    if (ready?.status === 503 && ready.json.checks[check] !== 'ok') return;
    await delay(20);
  }
}

/** Whether it refuses what needs the file, again and again, and goes on with the rest. */
async function refusalFaults(engine, { database, write }) {
  const faults = [];
  for (let turn = 0; turn < TRIES; turn += 1, await delay(100)) {
    const { status, json, retryAfter } = await write(engine);
    if (status !== 503 || json.code !== 'STORE.UNAVAILABLE' || !(retryAfter > 0))
      faults.push(`a write is answered ${status} ${JSON.stringify(json)}`);
    const ready = await ask(engine, '/readyz');
    if (ready.status !== 503 || ready.json.checks[CHECKS[database]] === 'ok')
      faults.push(`/readyz is ${JSON.stringify(ready.json)}`);
  }
  for (const path of ['/healthz', '/v1/inventory/PROOF-0', '/v1/orders']) {
    const { status } = await ask(engine, path);
    if (status !== 200) faults.push(`${path} is answered ${status}`);
  }
  return faults;
}

async function failsAt({ trouble, point, seed }, directory) {
  const { database, calls, error, often } = trouble;
  // It has to say a lot; the proof says what counts.
  const engine = await ShopEngine.over(join(directory, 'data'), { LOG_LEVEL: 'fatal' });
  const paths = filesOf(join(directory, 'data', database));
  const inject = `error=${error}:when=${point}${often}`;
  await engine.start({ runBy: straceOf({ paths, calls, inject, output: '/dev/null' }) });
  const shopping = goShopping(engine, seed);
  const what = `the engine with ${error} at ${calls} ${point} of ${database}`;
  if (!(await happensMeanwhile(saysSo(engine, CHECKS[database]), shopping))) {
    await engine.kill();
    return [`${what}: it never said so`];
  }
  const faults = await refusalFaults(engine, trouble);
  await engine.stop();
  await engine.start();
  faults.push(...(await shoppingFaults(engine, await shopping)));
  const ended = await engine.stop();
  if (ended !== 0) faults.push(`restarted, it stopped with ${ended}`);
  return faults.map((fault) => `${what}: ${fault}`);
}

/** @returns the points that were reached, and what did not hold */
export async function breakEngine({ seed, isShort, log }) {
  const random = randomOf(seed);
  const each = [SYNC_OF_LOG, FULL_DISK, SYNC_OF_KEYS];
  const troubles = isShort ? each.slice(0, 2) : Array.from({ length: 6 }, () => each).flat();
  const failures = [];
  for (const trouble of troubles) {
    const point = trouble.from + random.below(trouble.among);
    failures.push(...(await inDirectory((directory) => failsAt({ trouble, point, seed }, directory))));
    log(`the engine: ${trouble.error} at ${trouble.calls} ${point} of ${trouble.database}`);
  }
  return { reached: `the engine met ${troubles.length} troubles and was started again`, failures };
}
