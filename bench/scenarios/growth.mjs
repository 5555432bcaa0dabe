// growth: the load of `checkout` on a log of 10,000 events, of 100,000, up to --size N (default a million), which earlier orders
// have left. At each length the engine is started anew, so that all of them are measured in a process of the same age. A round
// takes minutes.
// Unit: orders a second and CPU an order at each length of the log, and the last rate of the first.
// Limit: at a million events within 10 % of what it was at 10,000.
import { scrape, startEngine, temporaryDirectory } from '../support/engine.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { journey, openShop } from '../support/shop.mjs';

const FIRST = 10_000;
const FILL_SECONDS = 5;
const WARM_UP_SECONDS = 5;

/** The lengths of the log that are measured. */
function lengths(last) {
  const steps = [];
  for (let events = Math.min(FIRST, last); events < last; events *= 10) steps.push(events);
  return [...steps, last];
}

export default {
  about: 'orders a second while the log grows',
  limit: 'within 10 % from 10,000 to 1,000,000 events',
  seconds: 10,
  size: 1_000_000,

  async round({ subject, seconds, shoppers, size, directory }) {
    const data = temporaryDirectory(directory);
    let { engine, skus } = await openShop(subject, data.path);
    const load = (time) =>
      closedLoop({ port: engine.port, clients: shoppers, seconds: time }, (client) => journey(client, skus));
    const metrics = {};
    const rates = [];
    for (const events of lengths(size)) {
      while ((await scrape(engine)).cartwright_log_position < events) await load(FILL_SECONDS);
      await engine.stop();
      engine = await startEngine(subject, data.path);
      await load(WARM_UP_SECONDS);
      const before = await reading(engine);
      const { count, perSecond, times } = await load(seconds);
      const cost = ledger(engine, [before, await reading(engine)], { units: count, unit: 'an order' });
      rates.push(perSecond);
      const at = `at ${events} events`;
      metrics[`orders ${at}`] = more(perSecond, '/s');
      metrics[`journey p99 ${at}`] = latencies('journey', times)['journey p99'];
      for (const name of ['CPU, all threads', 'memory at its peak'])
        if (cost[name] !== undefined) metrics[`${name} ${at}`] = cost[name];
    }
    await engine.stop();
    data.remove();
    return { ...metrics, 'orders, the last of the first': more(rates.at(-1) / rates[0], '×') };
  },
};
