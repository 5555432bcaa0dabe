// The invariants of a shop, checked over HTTP on an engine that runs: its log by itself, and what it shows against its log.
import { setTimeout as delay } from 'node:timers/promises';
import { tokenLine } from '../../bench/support/engine.mjs';
import { RawClient, bodyOf } from '../../bench/support/raw-client.mjs';
import { booksFaults, booksOf } from './books/books.mjs';
import { logFaults, lostCommands } from './books/log-order.mjs';

const NOW = '9999-12-31T23:59:59.999Z';
const PATIENCE_SECONDS = 40;
const admin = tokenLine('admin');

/** Every event of the log, as `GET /v1/events` shows it to an admin. */
export async function readEvents({ port }) {
  const authorization = admin.slice('authorization: '.length).trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/events`, { headers: { authorization } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`the feed answers ${answer.status}: ${text}`);
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/**
 * What does not hold of an engine's shop, once it has settled; while something is wrong it is looked at again, because
 * checkouts, shipments and read models may be under way.
 * @param {{ port: number }} engine
 * @param {{ acknowledged?: { stream: string, revision: number }[], patienceSeconds?: number }} options
 *   `acknowledged`: as `lostCommands` takes them
 * @returns {Promise<string[]>} a line each; none where all holds
 */
export async function invariantFaults(engine, { acknowledged = [], patienceSeconds = PATIENCE_SECONDS } = {}) {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const faults = await faultsNow(engine, acknowledged);
    if (faults.length === 0 || Date.now() > deadline) return faults;
    await delay(100);
  }
}

async function faultsNow(engine, acknowledged) {
  const behind = await modelsBehind(engine);
  if (behind.length > 0) return behind;
  const events = await readEvents(engine);
  const books = booksOf(events);
  return [
    ...logFaults(events),
    ...lostCommands(events, acknowledged),
    ...booksFaults(events, books),
    ...(await shownFaults(engine, books)),
  ];
}

async function modelsBehind({ port }) {
  const client = new RawClient(port);
  const { items } = bodyOf(await client.request('GET', '/v1/projections', undefined, admin), 200);
  client.close();
  return items
    .filter(({ lag, parked }) => lag !== 0 || parked !== 0)
    .map((model) => `a read model is behind: ${JSON.stringify(model)}`);
}

/** The read models against the log: stock as its events add up, each order as it is folded anew, the report as the orders say. */
async function shownFaults({ port }, { stock, money, orders }) {
  const client = new RawClient(port);
  const read = async (path) => bodyOf(await client.request('GET', path, undefined, admin), 200);
  const faults = [];
  for (const [sku, expected] of stock.shown()) {
    const path = `/v1/inventory/${encodeURIComponent(sku)}`;
    const shown = await read(path);
    const { onHand, reserved, available } = shown;
    faults.push(...differing(`stock of ${sku}`, { onHand, reserved, available }, expected));
    faults.push(...differing(`stock of ${sku}`, shown, await read(`${path}?asOf=${NOW}`)));
  }
  for (const { orderId } of orders.all()) {
    const shown = await read(`/v1/orders/${orderId}`);
    faults.push(...differing(`order ${orderId}`, shown, await read(`/v1/orders/${orderId}?asOf=${NOW}`)));
    const sums = (all) => ({ authorized: all.authorized, captured: all.captured, refunded: all.refunded });
    if (shown.payment === null) continue;
    const ofProvider = sums(money.ofProvider(orderId));
    faults.push(...differing(`money of order ${orderId}`, amountsOf(shown.payment), ofProvider));
    faults.push(...differing(`tenders of order ${orderId}`, sumOf(shown.tenders), sums(money.of(orderId))));
  }
  faults.push(...differing('the sales report', await reported(read), orders.sold()));
  client.close();
  return faults;
}

const sumOf = (tenders) => {
  const sum = { authorized: 0, captured: 0, refunded: 0 };
  for (const tender of tenders) for (const name of Object.keys(sum)) sum[name] += tender[name].amount;
  return sum;
};

const amountsOf = ({ authorized, captured, refunded }) => ({
  authorized: authorized.amount,
  captured: captured.amount,
  refunded: refunded.amount,
});

function differing(what, shown, expected) {
  const [is, should] = [JSON.stringify(shown), JSON.stringify(expected)];
  return is === should ? [] : [`${what} is shown as ${is}, the log makes ${should}`];
}

async function reported(read) {
  const sums = { orders: 0, units: 0, revenue: 0 };
  for (let cursor = ''; cursor !== null;) {
    const { items, nextCursor } = await read(`/v1/reports/sales?by=day&limit=100${cursor}`);
    for (const { orders, units, revenue } of items) {
      sums.orders += orders;
      sums.units += units;
      sums.revenue += revenue.amount;
    }
    cursor = nextCursor === null ? null : `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return sums;
}
