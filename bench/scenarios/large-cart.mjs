// large-cart: a cart of the most lines that one takes (--size N, default 500), filled, read and checked out over HTTP.
// Unit: milliseconds and CPU milliseconds of an add among the first and among the last lines, of a read, of the checkout until
// the order is confirmed; bytes of the cart's stream in the feed.
// Limit: an add of the last lines takes at most twice the CPU of one of the first.
import { startEngine, temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { less, median } from '../support/metric.mjs';
import { RawClient, bodyOf, expectStatus } from '../support/raw-client.mjs';
import { checkOut, confirmedOrder, fillCart, readOrder, stockProducts } from '../support/shop.mjs';
import { cpuBetween } from '../support/usage.mjs';

const READS = 20;
/** CPU time is counted in steps of 10 ms. */
const MANY = 50;

/** Runs it and answers what came of it and how long it took, ms. */
async function timed(run) {
  const began = performance.now();
  const result = await run();
  return [result, performance.now() - began];
}

/** Bytes of the events of a stream as an admin reads them; the feed is chunked, which a raw client does not read. */
async function bytesOf({ port }, stream) {
  const authorization = tokenLine('admin').slice('authorization: '.length).trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/events?stream=${stream}`, { headers: { authorization } });
  if (answer.status !== 200) throw new Error(`the feed answers ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}

/** Adds a line of each SKU; answers the time of each add and the CPU of one of the first and of the last, ms. */
async function addLines(engine, { client, cart, skus }) {
  const times = [];
  const marks = [engine.usage()];
  for (const sku of skus) {
    const [answer, time] = await timed(() => client.request('POST', `${cart}/items`, { sku, quantity: 2 }));
    expectStatus(answer, 200);
    times.push(time);
    if (times.length === MANY || times.length === skus.length - MANY) marks.push(engine.usage());
  }
  marks.push(engine.usage());
  const cpuOfOne = (before, after) =>
    before === null || after === null ? null : (cpuBetween(before, after).all / MANY) * 1000;
  return { times, cpu: [cpuOfOne(marks[0], marks[1]), cpuOfOne(marks.at(-2), marks.at(-1))] };
}

export default {
  about: 'the largest cart',
  limit: 'CPU of an add among the last lines at most twice that among the first',
  size: 500,

  async round({ subject, size, directory }) {
    if (size <= 2 * MANY) throw new Error(`--size must be more than ${2 * MANY} lines`);
    const data = temporaryDirectory(directory);
    const engine = await startEngine(subject, data.path);
    const skus = await stockProducts(engine, size);
    const client = new RawClient(engine.port);
    // The first carts of a process tell how it is compiled, not what lines cost.
    for (let warmUp = 0; warmUp < MANY; warmUp++) await fillCart(client, skus.slice(0, 10));
    const cart = await fillCart(client, []);
    const { times, cpu } = await addLines(engine, { client, cart, skus });
    const reads = [];
    for (let read = 0; read < READS; read++) {
      const [answer, time] = await timed(() => client.request('GET', cart));
      if (bodyOf(answer, 200).items.length !== size) throw new Error('the cart is not shown whole');
      reads.push(time);
    }
    const [placed, checkout] = await timed(() => checkOut(client, cart));
    await readOrder(client, confirmedOrder(placed));
    client.close();
    const bytes = await bytesOf(engine, cart.replace('/v1/carts/', 'cart-'));
    await engine.stop();
    data.remove();
    const [first, last] = cpu;
    return {
      'add, first lines': less(median(times.slice(0, MANY)), 'ms'),
      'add, last lines': less(median(times.slice(-MANY)), 'ms'),
      ...(first !== null && {
        'CPU of an add, first lines': less(first, 'ms'),
        'CPU of an add, last lines': less(last, 'ms'),
        'CPU of an add, last of first': less(last / first, '×'),
      }),
      read: less(median(reads), 'ms'),
      checkout: less(checkout, 'ms'),
      'stream in the feed': less(bytes, 'bytes'),
    };
  },
};
