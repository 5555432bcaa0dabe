// What the largest cart costs: node bench/large-cart.bench.mjs, after `npm run build`. Fills a cart to the most lines that
// one takes and checks it out, over HTTP. Prints per round the median time of an add of the first ten lines and of the last
// ten, the CPU time of an add (main thread, all threads) of the first fifty and of the last fifty, which a busy machine does
// not change, the median time of GET /v1/carts/{id}, the time until the order is confirmed, and how large the cart's stream is.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { address, demand, openShop } from './journey/engine.mjs';
import { RawClient } from './journey/raw-client.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, lines: { type: 'string', default: '500' } },
});
const READS = 20;
const FEW = 10;
/** CPU time is counted in steps of 10 ms. */
const MANY = 50;

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

/** Runs it and answers what came of it and how long it took, ms. */
async function timed(run) {
  const started = performance.now();
  const result = await run();
  return [result, performance.now() - started];
}

/** Bytes of the events of a stream, as they stand in the log. */
function bytesOf(directory, stream) {
  const log = new Database(join(directory, 'events.db'), { readonly: true });
  const sum = `SELECT sum(octet_length(data) + octet_length(metadata)) FROM events
    WHERE stream = (SELECT id FROM streams WHERE name = ?)`;
  const bytes = log.prepare(sum).pluck().get(stream);
  log.close();
  return bytes;
}

/** CPU milliseconds of one of many adds; null where there is no /proc. */
function cpuOfOne(before, after) {
  if (before === null || after === null) return null;
  const of = (threads) => ((after[threads] - before[threads]) / MANY) * 1000;
  return { main: of('main'), all: of('all') };
}

async function round({ port, skus, directory, cpu }) {
  const client = new RawClient(port);
  const { cartId } = demand(await client.request('POST', '/v1/carts', { currency: 'USD' }), 201);
  const cart = `/v1/carts/${cartId}`;
  const adds = [];
  const marks = [cpu()];
  for (const sku of skus) {
    const [answer, time] = await timed(() => client.request('POST', `${cart}/items`, { sku, quantity: 2 }));
    demand(answer, 200);
    adds.push(time);
    if (adds.length === MANY || adds.length === skus.length - MANY) marks.push(cpu());
  }
  marks.push(cpu());
  const reads = [];
  for (let read = 0; read < READS; read++) {
    const [answer, time] = await timed(() => client.request('GET', cart));
    demand(answer, 200);
    reads.push(time);
  }
  const body = { email: 'shopper@example.com', shippingAddress: address, payment: { token: 'tok_ok' } };
  const [placed, checkout] = await timed(() => client.request('POST', `${cart}/checkout`, body, 'prefer: wait=60\r\n'));
  const { status } = demand(placed, 201);
  if (status !== 'confirmed') throw new Error(`the order is ${status}: ${placed.body}`);
  client.close();
  return {
    first: median(adds.slice(0, FEW)),
    last: median(adds.slice(-FEW)),
    all: adds.reduce((sum, time) => sum + time, 0),
    cpu: [cpuOfOne(marks[0], marks[1]), cpuOfOne(marks.at(-2), marks.at(-1))],
    read: median(reads),
    checkout,
    bytes: bytesOf(directory, `cart-${cartId}`),
  };
}

const ms = (value) => value.toFixed(1);
const threads = (time) => (time === null ? '–' : `${ms(time.main)} (${ms(time.all)})`);

console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, ${values.lines} lines`);
const shop = await openShop(Number(values.lines));
for (let number = 1; number <= Number(values.rounds); number++) {
  const { first, last, all, cpu, read, checkout, bytes } = await round(shop);
  console.log(
    `round ${number}: an add of the first ${FEW} ${ms(first)} ms · of the last ${FEW} ${ms(last)} ms · ratio ${ms(last / first)} · ` +
      `CPU of the first ${MANY} ${threads(cpu[0])} ms · of the last ${MANY} ${threads(cpu[1])} ms`,
  );
  console.log(
    `  all adds ${ms(all / 1000)} s · GET ${ms(read)} ms · checkout ${ms(checkout)} ms · stream ${bytes} bytes`,
  );
}
await shop.close();
