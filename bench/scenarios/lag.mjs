// lag: how long after the answer to a write its read models show it, asked for by the write's Consistency-Token.
// Unit: milliseconds from the answer of the write to the answer of the read, one request's way included; `without a token` is
// that way alone. A quiet engine, then one under the load of `checkout`.
// Limit: p99 under 50 ms on a quiet engine; under load the goal is a p99 below that of a journey.
import { temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies } from '../support/metric.mjs';
import { RawClient, bodyOf, expectStatus, headerOf } from '../support/raw-client.mjs';
import { checkOut, confirmedOrder, fillCart, journey, openShop, readOrder } from '../support/shop.mjs';

const PROBED = 'BENCH-0';
const admin = tokenLine('admin');

async function timed(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Receives stock and reads it, places an order and reads it, one after the other; times by what was read. */
async function probe(port, skus, seconds) {
  const client = new RawClient(port);
  const path = `/v1/inventory/${PROBED}`;
  const times = { stock: [], order: [], without: [] };
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const received = await client.request('POST', `${path}/receipts`, { quantity: 1 }, admin);
    const { onHand } = bodyOf(received, 200);
    const seen = `consistency-token: ${headerOf(received, 'consistency-token')}\r\n`;
    const readStock = async () => {
      const shown = bodyOf(await client.request('GET', path, undefined, seen), 200);
      if (shown.onHand < onHand) throw new Error(`${shown.onHand} on hand are shown after ${onHand}`);
    };
    times.stock.push(await timed(readStock));
    const without = async () => expectStatus(await client.request('GET', path), 200);
    times.without.push(await timed(without));
    const order = confirmedOrder(await checkOut(client, await fillCart(client, skus.slice(1, 3))));
    times.order.push(await timed(() => readOrder(client, order)));
  }
  client.close();
  return times;
}

const told = (when, { stock, order, without }) => ({
  ...latencies(`${when}: stock`, stock),
  ...latencies(`${when}: order`, order),
  ...latencies(`${when}: without a token`, without),
});

export default {
  about: 'from the answer to a write until its read models show it',
  limit: 'p99 under 50 ms on a quiet engine',
  seconds: 10,

  async round({ subject, seconds, shoppers, directory }) {
    const data = temporaryDirectory(directory);
    const { engine, skus } = await openShop(subject, data.path);
    const load = { port: engine.port, clients: shoppers, seconds: 2 };
    await closedLoop(load, (client) => journey(client, skus));
    const quiet = await probe(engine.port, skus, seconds);
    const [busy] = await Promise.all([
      probe(engine.port, skus, seconds),
      closedLoop({ ...load, seconds }, (client) => journey(client, skus)),
    ]);
    await engine.stop();
    data.remove();
    return { ...told('quiet', quiet), ...told('under load', busy) };
  },
};
