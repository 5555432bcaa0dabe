// checkout: whole journeys of guests on an engine with all roles, the load generator on the same machine.
// Unit: orders a second. A journey is five requests: a cart, two items, a checkout that waits for its end, the order.
// Limit: at least 2.5 times the orders a second of 45e32b1, the p99 of a journey a third, CPU an order 0.4 times.
import { temporaryDirectory } from '../support/engine.mjs';
import { ledger, logSize, reading } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { journey, openShop } from '../support/shop.mjs';

const WARM_UP_SECONDS = 2;

/** A round on an engine, with the log on a server of its own where one is given. */
export async function checkoutRound({ subject, seconds, shoppers, directory }, logServer) {
  const env = logServer === undefined ? {} : { EVENT_STORE_URL: logServer.url };
  const data = temporaryDirectory(directory);
  const { engine, skus } = await openShop(subject, data.path, { env });
  const load = (time) =>
    closedLoop({ port: engine.port, clients: shoppers, seconds: time }, (client) => journey(client, skus));
  await load(WARM_UP_SECONDS);
  const before = await reading(engine, logServer);
  const { count, perSecond, times } = await load(seconds);
  const after = await reading(engine, logServer);
  const cost = ledger(engine, [before, after], { units: count, unit: 'an order' });
  await engine.stop();
  const size = logSize(data.path, after);
  data.remove();
  return { orders: more(perSecond, '/s'), ...latencies('journey', times), ...cost, ...size };
}

export default {
  about: 'journeys of five requests, from an empty cart to the confirmed order',
  limit: 'against 45e32b1: orders × 2.5 or more, journey p99 × 1/3, CPU of all threads × 0.4',
  seconds: 10,
  round: (options) => checkoutRound(options),
};
