// memory: what one process with all roles holds of a shop with the 92,331 products of the judged queries, which it has taken
// itself, while it takes --size N orders (default 20,000) and searches, and when there has been nothing to do for a minute.
// Unit: MiB resident (Linux): the most at once while the products came in and while the orders did, and at rest.
// Limit: 700 MiB under load, 400 MiB at rest.
import { setTimeout as delay } from 'node:timers/promises';
import { ALL_PRODUCTS, fillCatalogue } from '../support/catalogue.mjs';
import { settled, startEngine, temporaryDirectory } from '../support/engine.mjs';
import { eachOnce } from '../support/load.mjs';
import { less, more } from '../support/metric.mjs';
import { bodyOf } from '../support/raw-client.mjs';
import { journey } from '../support/shop.mjs';

const WATCH_EVERY_MS = 100;
const REST_MS = 60_000;
/** One search for so many orders. */
const ORDERS_A_SEARCH = 10;

/** The result of the work, and the most memory that the engine was seen with meanwhile. */
async function watched(engine, work) {
  let most = 0;
  const look = () => (most = Math.max(most, engine.memory()?.now ?? 0));
  const timer = setInterval(look, WATCH_EVERY_MS);
  const result = await work().finally(() => clearInterval(timer));
  look();
  return { result, most };
}

export default {
  about: 'memory with 92,331 products and 20,000 orders',
  limit: '700 MiB under load, 400 MiB at rest',
  size: 20_000,

  async round({ subject, size, shoppers, directory }) {
    const data = temporaryDirectory(directory);
    const engine = await startEngine(subject, data.path);
    const filled = await watched(engine, () => fillCatalogue(engine, ALL_PRODUCTS));
    await settled(engine);
    const skus = filled.result.map(({ sku }) => sku);
    const began = performance.now();
    const sold = await watched(engine, () =>
      eachOnce({ port: engine.port, clients: shoppers }, Array.from({ length: size }), async (client) => {
        const order = await journey(client, skus);
        if (Math.random() < 1 / ORDERS_A_SEARCH) bodyOf(await client.request('GET', '/v1/products?q=milk'), 200);
        return order;
      }),
    );
    const perSecond = (size / (performance.now() - began)) * 1000;
    await settled(engine);
    await delay(REST_MS);
    const rest = engine.memory();
    await engine.stop();
    data.remove();
    return {
      'memory while products come in': less(filled.most, 'MiB'),
      'memory under load': less(sold.most, 'MiB'),
      'memory at rest': less(rest?.now ?? 0, 'MiB'),
      orders: more(perSecond, '/s'),
    };
  },
};
