// hot-sku: all shoppers buy one and the same product at once, whose stock is one stream.
// Unit: orders a second. A journey is four requests: a cart, one item, a checkout that waits for its end, the order.
// Limit: none of its own; at least half the orders a second of `checkout` is the goal.
import { temporaryDirectory } from '../support/engine.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { checkOut, confirmedOrder, fillCart, openShop, readOrder } from '../support/shop.mjs';

const WARM_UP_SECONDS = 2;

export default {
  about: 'journeys of four requests that all want one SKU',
  limit: 'goal: half the orders a second of checkout',
  seconds: 10,

  async round({ subject, seconds, shoppers, directory }) {
    const data = temporaryDirectory(directory);
    const { engine, skus } = await openShop(subject, data.path, { products: 1 });
    const load = (time) =>
      closedLoop({ port: engine.port, clients: shoppers, seconds: time }, async (client) => {
        const cart = await fillCart(client, skus);
        await readOrder(client, confirmedOrder(await checkOut(client, cart)));
      });
    await load(WARM_UP_SECONDS);
    const before = await reading(engine);
    const { count, perSecond, times } = await load(seconds);
    const cost = ledger(engine, [before, await reading(engine)], { units: count, unit: 'an order' });
    await engine.stop();
    data.remove();
    return { orders: more(perSecond, '/s'), ...latencies('journey', times), ...cost };
  },
};
