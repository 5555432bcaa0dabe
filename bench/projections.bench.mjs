/**
 * Folds the events of orders into all read models, in pages as they come while catching up and under load: events a second,
 * time a page, and the latency from a page to its progress. Run after `npm run build`:
 *
 *   node bench/projections.bench.mjs [directory] [orders]
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { positionOfNumber } from '../dist/infra/event-store/index.js';
import { openSqliteReadStore } from '../dist/infra/read-store/sqlite/index.js';
import { readModels } from '../dist/projections/index.js';
import { createProjectionRunner } from '../dist/projections/runner/index.js';

const parent = process.argv[2] ?? tmpdir();
const orders = Number(process.argv[3] ?? 4000);
const SKUS = 500;
const usd = (amount) => ({ amount, currency: 'USD' });
const metadata = { commandId: randomUUID(), correlationId: randomUUID(), causationId: null, actor: 'anonymous' };

/** A log in memory; `page` says how many events a page has. */
class BenchLog {
  logId = 'bench';
  log = [];
  #revisions = new Map();

  add(stream, type, data) {
    const revision = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, revision);
    const position = positionOfNumber(this.log.length + 1);
    const at = new Date(Date.UTC(2026, 10, 5) + this.log.length * 10).toISOString();
    this.log.push({ id: randomUUID(), stream, revision, position, at, type, data, metadata });
  }

  async head() {
    return positionOfNumber(this.log.length);
  }

  subscribe({ from }, handler) {
    const follow = async () => {
      for (let at = Number(from ?? 0); at < this.log.length; at += this.page) {
        const events = this.log.slice(at, at + this.page);
        const started = performance.now();
        await handler.onEvents(events, events.at(-1).position);
        this.times.push(performance.now() - started);
        await new Promise((resolve) => setImmediate(resolve));
      }
      handler.onCaughtUp();
    };
    const run = follow().catch((error) => handler.onError(error));
    return { close: () => run };
  }
}

function product(log, sku) {
  const details = { name: `A plain shirt ${sku}`, brand: 'Acme', categories: ['clothes', 'shirts'], attributes: {} };
  log.add(`product-${sku}`, 'product.created.v1', { productId: randomUUID(), sku, ...details, price: usd(1999) });
  log.add(`inventory-${sku}`, 'inventory.received.v1', { sku, location: 'default', quantity: 1_000_000 });
}

function line() {
  const sku = `SKU-${String(Math.floor(Math.random() * SKUS)).padStart(6, '0')}`;
  const categories = ['clothes', 'shirts'];
  return { sku, name: `A plain shirt ${sku}`, quantity: 2, unitPrice: usd(1999), lineTotal: usd(3998), categories };
}

/** What an order leaves in the log up to its confirmation; the steps of several orders come mixed. */
function* journey(log) {
  const [cartId, orderId, paymentId] = [randomUUID(), randomUUID(), randomUUID()];
  const lines = [line(), line()];
  const totals = {
    subtotal: usd(7996),
    discount: usd(0),
    shipping: usd(0),
    tax: usd(0),
    taxIncluded: usd(0),
    total: usd(7996),
  };
  const address = {
    name: 'Ann Example',
    line1: '1 Long Street',
    city: 'Springfield',
    postalCode: '12345',
    country: 'US',
  };
  const personal = { email: `${orderId}@example.org`, shippingAddress: address };
  const order = { orderId, orderNumber: orderId.slice(0, 12), currency: 'USD', lines, totals, taxes: [] };
  const terms = { pricing: { policy: 'default', rounding: 'half-even', level: 'line' }, shippingMethod: 'standard' };
  yield log.add(`cart-${cartId}`, 'cart.opened.v1', { cartId, currency: 'USD' });
  for (const item of lines) yield log.add(`cart-${cartId}`, 'cart.item-added.v1', { cartId, added: 2, ...item });
  const person = { personId: randomUUID(), personal };
  yield log.add(`cart-${cartId}`, 'cart.checked-out.v1', { cartId, ...order, ...terms, ...person });
  yield log.add(`order-${orderId}`, 'order.opened.v1', { cartId, paymentId, ...order, ...terms, ...person });
  for (const { sku } of lines) {
    const hold = {
      sku,
      orderId,
      allocations: [{ location: 'default', quantity: 2 }],
      expiresAt: '2026-11-05T13:00:00.000Z',
    };
    yield log.add(`inventory-${sku}`, 'inventory.reserved.v1', hold);
  }
  const payment = { paymentId, orderId, amount: usd(7996) };
  const request = { provider: 'sandbox', idempotencyKey: randomUUID(), personId: person.personId, token: 'tok_ok' };
  yield log.add(`payment-${paymentId}`, 'payment.requested.v1', { ...payment, ...request });
  yield log.add(`payment-${paymentId}`, 'payment.authorized.v1', payment);
  const sold = lines.map(({ sku, quantity, lineTotal }) => ({ sku, quantity, revenue: lineTotal, category: 'shirts' }));
  yield log.add(`order-${orderId}`, 'order.confirmed.v1', { orderId, lines: sold });
}

function fill(log) {
  for (let sku = 0; sku < SKUS; sku += 1) product(log, `SKU-${String(sku).padStart(6, '0')}`);
  const open = [];
  for (let started = 0; started < orders || open.length > 0;) {
    while (open.length < 50 && started < orders) {
      open.push(journey(log));
      started += 1;
    }
    const at = Math.floor(Math.random() * open.length);
    if (open[at].next().done) open.splice(at, 1);
  }
}

const logger = { info: () => {}, warn: console.warn, error: console.error };

async function run(log, page) {
  const directory = mkdtempSync(join(parent, 'cartwright-bench-'));
  const readStore = await openSqliteReadStore({ directory, access: 'read-write' });
  Object.assign(log, { page, times: [] });
  const runner = createProjectionRunner({ eventStore: log, readStore, models: readModels, logger });
  const cpu = process.cpuUsage();
  const started = performance.now();
  await runner.start();
  await runner.caughtUp();
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const parked = (await runner.progress.status()).reduce((sum, status) => sum + status.parked, 0);
  await runner.close();
  await readStore.close();
  rmSync(directory, { recursive: true });
  const times = log.times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.floor(times.length * share)].toFixed(2)} ms`;
  console.log(
    `pages of ${String(page).padStart(3)}: ${Math.round((log.log.length / took) * 1000)} events/s, ` +
      `${((user + system) / log.log.length).toFixed(1)} µs CPU an event, a page p50 ${at(0.5)}, p99 ${at(0.99)}, ` +
      `max ${at(0.9999)}, parked ${parked}`,
  );
}

const log = new BenchLog();
fill(log);
console.log(`${log.log.length} events of ${orders} orders over ${SKUS} products into ${readModels.length} read models`);
for (const page of [512, 100, 20, 4]) await run(log, page);
