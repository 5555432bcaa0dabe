// hostile: requests that are made to cost as much as they can.
// Unit: milliseconds until each kind is answered, one at a time; then of /healthz while 50 a second of the worst come in, half of
// them a body of 1 MiB with 100,000 members, half an address of 110 kB.
// Limit: p99 of /healthz under 100 ms; no answer of 500 or above.
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startEngine, temporaryDirectory } from '../support/engine.mjs';
import { latencies, less, median } from '../support/metric.mjs';

const MIB = 1024 * 1024;
const ONE_AT_A_TIME = 10;
/** A kind that has taken so long is not sent again. */
const LONG_MS = 3_000;
/** What is not answered so long after the attack counts as having taken until then. */
const PATIENCE_MS = 5_000;
const ATTACK_EVERY_MS = 20;
const ASK_EVERY_MS = 20;

const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join();
const body = (members) => `{"currency":"USD",${members}}`;
const keys = (count) => repeat(count, (index) => `"k${index.toString(36)}":1`);
const parameters = Array.from({ length: 26_000 }, (_, index) => `${index.toString(36)}=`)
  .join('&')
  .slice(0, 110_000);

const HOSTILE = {
  '1 MiB of 100,000 keys': { body: body(keys(100_000)) },
  '100,000 keys in an object': { body: body(`"x":{${keys(100_000)}}`) },
  '90,000 objects in a list': { body: body(`"x":[${repeat(90_000, () => '{"a":1}')}]`) },
  '500,000 numbers in a list': { body: body(`"x":[${repeat(500_000, () => '1')}]`) },
  '9,999 keys': { body: body(keys(9_999)) },
  '9,999 long numbers': { body: body(`"x":[${repeat(9_990, () => '9007199254740.991e3')}]`) },
  'a number of 1 MiB': { body: body(`"x":${'1'.repeat(MIB - 100)}`) },
  'one text of 1 MiB': { body: body(`"x":"${'\\"'.repeat(MIB / 2 - 100)}"`) },
  '1 MiB of blanks': { body: body('"x":1').padEnd(MIB) },
  '500,000 open brackets': { body: body(`"x":${'['.repeat(500_000)}`) },
  'members named constructor': { body: body('"x":{"constructor":{"constructor":1}}') },
  '110 kB of parameters': { path: `/v1/products?${parameters}` },
  '110 kB of one parameter': { path: `/v1/products?q=${'%c3%a4'.repeat(18_000)}` },
};
const WORST = [HOSTILE['1 MiB of 100,000 keys'], HOSTILE['110 kB of parameters']];

/** How long the answer took, ms, or how long it was waited for. */
async function send({ port, dispatcher, failures, patience }, { path = '/v1/carts', body: text }) {
  const headers = text === undefined ? {} : { 'content-type': 'application/json' };
  const method = text === undefined ? 'GET' : 'POST';
  const options = { method, headers, body: text, dispatcher, signal: patience };
  const began = performance.now();
  try {
    const answer = await request(`http://127.0.0.1:${port}${path}`, options);
    await answer.body.dump();
    if (answer.statusCode >= 500) failures.push(answer.statusCode);
  } catch (error) {
    if (patience?.aborted !== true) throw error;
  }
  return performance.now() - began;
}

async function repeated(to, hostile) {
  const began = performance.now();
  const times = [];
  while (times.length < ONE_AT_A_TIME && performance.now() - began < LONG_MS) times.push(await send(to, hostile));
  return median(times);
}

async function attack(to, until) {
  const sent = [];
  for (let count = 0; performance.now() < until; count += 1) {
    sent.push(send(to, WORST[count % WORST.length]));
    await delay(ATTACK_EVERY_MS);
  }
  await Promise.all(sent);
}

async function askHealth(to, until) {
  const asked = [];
  while (performance.now() < until) {
    asked.push(send(to, { path: '/healthz' }));
    await delay(ASK_EVERY_MS);
  }
  return Promise.all(asked);
}

export default {
  about: 'requests that are made to cost as much as they can',
  limit: 'p99 of /healthz under 100 ms; no answer of 500 or above',
  seconds: 10,

  async round({ subject, seconds, directory }) {
    const data = temporaryDirectory(directory);
    const engine = await startEngine(subject, data.path, { LOG_LEVEL: 'silent' });
    const agents = [new Agent({ connections: 100 }), new Agent({ connections: 100 })];
    const failures = [];
    const [attackers, honest] = agents.map((dispatcher) => ({ port: engine.port, dispatcher, failures }));
    const metrics = {};
    for (const [title, hostile] of Object.entries(HOSTILE))
      metrics[title] = less(await repeated(attackers, hostile), 'ms');
    const until = performance.now() + seconds * 1000;
    const patience = AbortSignal.timeout(seconds * 1000 + PATIENCE_MS);
    const [, health] = await Promise.all([
      attack({ ...attackers, patience }, until),
      askHealth({ ...honest, patience }, until),
    ]);
    await Promise.all(agents.map((agent) => agent.destroy()));
    await engine.stop();
    data.remove();
    metrics['answers of 500 or above'] = less(failures.length, '');
    return { ...metrics, ...latencies('/healthz meanwhile', health) };
  },
};
