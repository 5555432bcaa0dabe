// read: one document at a time by its id, with as many clients as there are shoppers, nothing being written.
// Unit: reads a second of an order (by its accessToken), a product and a SKU's stock, over --size N orders (default 1,000).
// Limit: reads of an order 1.5 times those of 45e32b1.
import { startEngine } from '../support/engine.mjs';
import { filledShop } from '../support/filled-shop.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { bodyOf, expectStatus } from '../support/raw-client.mjs';

const WARM_UP_SECONDS = 1;
const oneOf = (list) => list[Math.floor(Math.random() * list.length)];

/** What reads one document, and throws where it is not the one. */
const READS = {
  order: async (client, { orders }) => {
    const { path, credential } = oneOf(orders);
    const { status } = bodyOf(await client.request('GET', path, undefined, credential), 200);
    if (status !== 'confirmed') throw new Error(`a confirmed order is shown as ${status}`);
  },
  product: async (client, { skus }) => expectStatus(await client.request('GET', `/v1/products/${oneOf(skus)}`), 200),
  stock: async (client, { skus }) => expectStatus(await client.request('GET', `/v1/inventory/${oneOf(skus)}`), 200),
};

export default {
  about: 'reads of one document by its id',
  limit: 'against 45e32b1: reads of an order × 1.5',
  seconds: 5,
  size: 1_000,
  prepare: filledShop,

  async round({ subject, seconds, shoppers }, shop) {
    const engine = await startEngine(subject, shop.path);
    const metrics = {};
    for (const [name, read] of Object.entries(READS)) {
      const load = (time) =>
        closedLoop({ port: engine.port, clients: shoppers, seconds: time }, (client) => read(client, shop));
      await load(WARM_UP_SECONDS);
      const before = await reading(engine);
      const { count, perSecond, times } = await load(seconds);
      const cost = ledger(engine, [before, await reading(engine)], { units: count, unit: 'a read' });
      Object.assign(metrics, { [`${name}: reads`]: more(perSecond, '/s'), ...latencies(name, times) });
      for (const cpu of ['CPU, all threads', 'CPU of the load generator'])
        if (cost[cpu] !== undefined) metrics[`${name}: ${cpu}`] = cost[cpu];
    }
    await engine.stop();
    return metrics;
  },
};
