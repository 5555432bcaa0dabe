// history: the history of one order with --size N notes (default 5,000) from its beginning to its end, in pages of 100, one reader.
// Unit: events a second, and CPU of a page: the place of a page and the length of the history should not raise it.
// Limit: none.
import { RawClient, bodyOf, expectStatus } from '../support/raw-client.mjs';
import { settled, startEngine, temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { eachOnce } from '../support/load.mjs';
import { less, more } from '../support/metric.mjs';
import { openShop, placeOrders } from '../support/shop.mjs';

const support = tokenLine('support');

/** Fills a new directory with an order and its notes. */
async function notedOrder({ subject, size, directory }) {
  const { path } = temporaryDirectory(directory);
  const { engine, skus } = await openShop(subject, path, { products: 2 });
  const [order] = await placeOrders(engine, skus, 1);
  const texts = Array.from({ length: size }, (_, index) => `The customer rang about the parcel, call ${index}`);
  await eachOnce(engine, texts, async (client, text) => {
    expectStatus(await client.request('POST', `${order.path}/notes`, { text }, support), 201);
  });
  await settled(engine);
  await engine.stop();
  return { path, order: order.path };
}

/** Reads all pages; answers how many there are and how many events. */
async function readHistory(client, order) {
  const read = { pages: 0, events: 0 };
  for (let cursor = ''; cursor !== null;) {
    const page = bodyOf(await client.request('GET', `${order}/history?limit=100${cursor}`, undefined, support), 200);
    read.pages += 1;
    read.events += page.items.length;
    cursor = page.nextCursor === null ? null : `&cursor=${page.nextCursor}`;
  }
  return read;
}

export default {
  about: 'the history of an order with many notes, in pages of 100',
  limit: 'none',
  seconds: 5,
  size: 5_000,
  prepare: notedOrder,

  async round({ subject, seconds, size }, { path, order }) {
    const engine = await startEngine(subject, path);
    const client = new RawClient(engine.port);
    const { events: expected } = await readHistory(client, order);
    if (expected <= size) throw new Error(`the history has ${expected} events, fewer than notes`);
    const before = await reading(engine);
    const started = performance.now();
    let [pages, events] = [0, 0];
    while (performance.now() - started < seconds * 1000) {
      const read = await readHistory(client, order);
      if (read.events !== expected) throw new Error(`the history has ${read.events} events instead of ${expected}`);
      pages += read.pages;
      events += read.events;
    }
    const took = performance.now() - started;
    const cost = ledger(engine, [before, await reading(engine)], { units: pages, unit: 'a page' });
    client.close();
    await engine.stop();
    return {
      events: more(events / (took / 1000), '/s'),
      'a page': less(took / pages, 'ms'),
      'CPU, all threads': cost['CPU, all threads'],
    };
  },
};
