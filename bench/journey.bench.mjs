// Orders a second against what the bare framework answers with a constant, in one run: node bench/journey.bench.mjs
// A journey is a cart, two items and a checkout that waits until the order is confirmed: 4 requests. Prints per round the
// bare framework's requests a second, the engine's orders a second, their ratio, and the latency of whole journeys.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { address, demand, openShop, start } from './journey/engine.mjs';
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
  const shop = await openShop(Number(values.skus));
  const before = shop.cpu();
  const result = await load(shop.port, shoppers, (shopper) => journey(shopper, shop.skus));
  const cpu = cpuPerUnit(before, shop.cpu(), result.count);
  await shop.close();
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
