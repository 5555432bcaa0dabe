// How long an engine takes for requests that are made to cost it as much as they can. Start one, then:
//   node bench/hostile-bodies.bench.mjs --url http://127.0.0.1:3000 [--rounds 20]
// Each line: the status, the median and the slowest answer in milliseconds, one request at a time; then /healthz while 50
// of them a second come in.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    rounds: { type: 'string', default: '20' },
    'load-seconds': { type: 'string', default: '10' },
  },
});
const MIB = 1024 * 1024;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join();
const body = (members) => `{"currency":"USD",${members}}`;
const keys = (count) => repeat(count, (index) => `"k${index.toString(36)}":1`);

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
  'members named constructor': { body: body(repeat(1, () => '"x":{"constructor":{"constructor":1}}')) },
  '26,000 query parameters': {
    path: `/v1/products?${repeat(26_000, (index) => `&${index.toString(36)}`).replaceAll(',', '')}`,
  },
  '110 kB of one parameter': { path: `/v1/products?q=${'%c3%a4'.repeat(18_000)}` },
};

function send({ path = '/v1/carts', body: text }) {
  const url = new URL(path, values.url);
  const method = text === undefined ? 'GET' : 'POST';
  const headers =
    text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const began = performance.now();
  const asked = request(url, { method, agent, headers });
  asked.end(text);
  return once(asked, 'response').then(async ([answer]) => {
    answer.resume();
    await once(answer, 'end');
    return { status: answer.statusCode, ms: performance.now() - began };
  });
}

const quantile = (times, part) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
const shown = (ms) => ms.toFixed(1).padStart(8);

for (const [title, hostile] of Object.entries(HOSTILE)) {
  const answers = [];
  for (let round = 0; round < Number(values.rounds); round += 1) answers.push(await send(hostile));
  const times = answers.map(({ ms }) => ms);
  console.log(`${title.padEnd(28)} ${answers[0].status} ${shown(quantile(times, 0.5))} ${shown(Math.max(...times))}`);
}

const flood = setInterval(() => void send(HOSTILE['1 MiB of 100,000 keys']).catch(() => undefined), 20);
const health = [];
const end = performance.now() + Number(values['load-seconds']) * 1000;
while (performance.now() < end) {
  health.push((await send({ path: '/healthz' })).ms);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
clearInterval(flood);
console.log(
  `/healthz meanwhile           p50 ${shown(quantile(health, 0.5))}  p99 ${shown(quantile(health, 0.99))} of ${health.length}`,
);
agent.destroy();
