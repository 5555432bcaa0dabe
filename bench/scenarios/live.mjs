// live: 200 browsers that watch live stock by Server-Sent Events, ten to a SKU, while stock is received.
// Unit: milliseconds from the sending of a receipt until a watcher has its stock, and messages a second.
// Limit: none of its own; p99 under 100 ms is the goal. Every watcher must end with the stock that the last receipt answered.
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { bodyOf } from '../support/raw-client.mjs';
import { openShop } from '../support/shop.mjs';

const PRODUCTS = 20;
const WATCHERS_OF_ONE = 10;
const WRITERS = 4;
const SETTLED_WITHIN_MS = 10_000;
const admin = tokenLine('admin');

/** Follows the stock of a SKU; calls `told(onHand)` with each message. */
function watch(port, sku, told) {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path: `/v1/inventory/live?sku=${sku}`, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`live stock answers ${answer.statusCode}`));
      let text = '';
      answer.setEncoding('latin1');
      answer.on('data', (chunk) => {
        text += chunk;
        const end = text.lastIndexOf('\n\n');
        if (end < 0) return;
        for (const [, onHand] of text.slice(0, end).matchAll(/"onHand":(\d+)/g)) told(Number(onHand));
        text = text.slice(end);
      });
      answer.on('error', () => undefined);
      resolve(() => request.destroy());
    });
    request.on('error', reject);
  });
}

/** Receives one unit after the other of the SKUs that are this writer's own, so that each stock is there once. */
function receiver(skus, stocks) {
  let turn = 0;
  return async (client, index) => {
    const own = skus.filter((_, at) => at % WRITERS === index);
    const sku = own[turn++ % own.length];
    const stock = stocks.get(sku);
    stock.sent.set(stock.onHand + 1, performance.now());
    const receipts = `/v1/inventory/${sku}/receipts`;
    const { onHand } = bodyOf(await client.request('POST', receipts, { quantity: 1 }, admin), 200);
    if (onHand !== stock.onHand + 1) throw new Error(`${onHand} on hand after a receipt on ${stock.onHand}`);
    stock.onHand = onHand;
  };
}

async function untilAllHaveSeen(watchers, stocks) {
  const late = () => watchers.filter(({ sku, seen }) => seen !== stocks.get(sku).onHand);
  const until = performance.now() + SETTLED_WITHIN_MS;
  while (late().length > 0) {
    if (performance.now() > until) throw new Error(`${late().length} watchers never saw the last stock`);
    await delay(10);
  }
}

export default {
  about: '200 watchers of live stock, while stock is received',
  limit: 'goal: p99 under 100 ms; every watcher ends with the last stock',
  seconds: 5,

  async round({ subject, seconds, directory }) {
    const data = temporaryDirectory(directory);
    const env = { LIVE_FEEDS_PER_CLIENT: '1000' };
    const { engine, skus } = await openShop(subject, data.path, { products: PRODUCTS, env });
    const { port } = engine;
    const stocks = new Map(skus.map((sku) => [sku, { onHand: 1_000_000, sent: new Map() }]));
    const watchers = skus.flatMap((sku) => Array.from({ length: WATCHERS_OF_ONE }, () => ({ sku, seen: null })));
    const times = [];
    const closing = await Promise.all(
      watchers.map((watcher) =>
        watch(port, watcher.sku, (onHand) => {
          watcher.seen = onHand;
          const sent = stocks.get(watcher.sku).sent.get(onHand);
          if (sent !== undefined) times.push(performance.now() - sent);
        }),
      ),
    );
    const before = await reading(engine);
    const { perSecond } = await closedLoop({ port, clients: WRITERS, seconds }, receiver(skus, stocks));
    await untilAllHaveSeen(watchers, stocks);
    const cost = ledger(engine, [before, await reading(engine)], { units: times.length, unit: 'a message' });
    for (const close of closing) close();
    await engine.stop();
    data.remove();
    const cpu = cost['CPU, all threads'];
    return {
      ...latencies('message', times),
      receipts: more(perSecond, '/s'),
      messages: more(times.length / seconds, '/s'),
      ...(cpu !== undefined && { 'CPU, all threads': cpu }),
    };
  },
};
