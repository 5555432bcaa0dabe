// Folds a year of a shop into the read models of the reports, on files, and asks for each report: ROOT DIRECTORY SIZE, in a process
// of its own. Prints the metrics of the scenario `reports`, JSON. The events are made up, as a log of them takes longer to write than to fold.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { less, median, more } from './metric.mjs';

const [root, directory, size] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);

const YEAR = 2025;
const YEAR_MS = 365 * 24 * 3_600_000;
const BEGIN = Date.UTC(YEAR, 0, 1);
const CARTS = Number(size);
/** A cart comes to its end while so many others are opened: some days, in a busy shop. */
const LAGS = { abandoned: 2_000, shipped: 3_000, delivered: 8_000 };
const CURRENCIES = ['USD', 'EUR'];
const CHANNELS = ['default', 'wholesale'];
const COUNTRIES = ['US', 'DE', 'FR', 'GB', 'JP'];
const SKUS = 5_000;

const METADATA = { commandId: 'bench', correlationId: 'bench', causationId: null, actor: 'anonymous' };

const isLeft = (cart) => cart % 10 < 3;
/** Of three customers two come back within the year. */
const customerOf = (cart) => (cart * 7_919) % Math.ceil(CARTS / 3);

/** What a cart does as it is opened: it is left, or its order is confirmed. */
function* opening(cart) {
  const cartId = `c-${cart}`;
  const orderId = `o-${cart}`;
  const currency = CURRENCIES[cart % 2];
  const channel = CHANNELS[cart % 7 === 0 ? 1 : 0];
  const money = (amount) => ({ amount, currency });
  const lines = [0, 1].map((line) => ({ sku: `S-${(cart * 31 + line) % SKUS}`, quantity: 1, unitPrice: money(1999) }));
  yield [`cart-${cartId}`, 'cart.opened.v1', { cartId, currency, channel }];
  for (const line of lines) yield [`cart-${cartId}`, 'cart.item-added.v1', { cartId, added: 1, ...line }];
  if (isLeft(cart)) return;
  yield [`cart-${cartId}`, 'cart.checked-out.v1', { cartId, orderId, lines }];
  const paid = { paymentId: `p-${cart}`, orderId, channel, provider: 'sandbox', amount: money(3998) };
  yield [`payment-p-${cart}`, 'payment.authorized.v1', paid];
  const sold = lines.map(({ sku }, index) => ({
    lineId: `${index}`,
    sku,
    quantity: 1,
    category: 'bench',
    revenue: money(1999),
  }));
  const taxes = [{ rate: '0.19', base: money(3360), amount: money(638) }];
  const taxed = { country: COUNTRIES[cart % 5], zone: null, net: money(3360), taxes };
  const order = { orderId, channel, customer: `person-${customerOf(cart)}`, lines: sold };
  yield [`order-${orderId}`, 'order.confirmed.v1', { ...order, taxed }];
  if (cart % 20 === 9) yield [`order-${orderId}`, 'order.cancelled.v1', { ...order, wholly: true }];
  if (cart % 40 === 5) yield [`payment-p-${cart}`, 'payment.refunded.v1', { ...paid, refundId: `r-${cart}` }];
}

/** Every hundredth cart finds a SKU that is out, and is received again by the next. */
function* stock(cart) {
  const sku = `S-${cart % SKUS}`;
  const changes = { 0: 'reserved', 50: 'received' };
  const change = changes[cart % 100];
  if (change === undefined) return;
  const available = change === 'received' ? 100 : 0;
  yield [`inventory-${sku}`, `inventory.${change}.v1`, { sku, orderId: 'o', quantity: 1, available }];
}

function* ending(cart, end) {
  if (cart < 0 || (end === 'abandoned') !== isLeft(cart)) return;
  const [cartId, orderId] = [`c-${cart}`, `o-${cart}`];
  if (end === 'abandoned') yield [`cart-${cartId}`, 'cart.abandoned.v1', { cartId }];
  else yield [`order-${orderId}`, `order.shipment-${end === 'shipped' ? 'created' : end}.v1`, { orderId, lines: [] }];
}

async function* eventsOf({ positionOfNumber }) {
  let number = 0;
  for (let cart = 0; cart < CARTS; cart += 1) {
    const at = new Date(BEGIN + Math.floor((cart / CARTS) * YEAR_MS)).toISOString();
    const told = [...opening(cart), ...stock(cart)];
    for (const [end, lag] of Object.entries(LAGS)) told.push(...ending(cart - lag, end));
    for (const [stream, type, data] of told) {
      number += 1;
      yield {
        id: `e-${number}`,
        stream,
        revision: 0,
        position: positionOfNumber(number),
        at,
        type,
        data,
        metadata: METADATA,
      };
    }
  }
}

async function filledStore() {
  const { openSqliteReadModelStore } = await load('infra/read-model-store/sqlite/index.js');
  const { foldModels } = await load('infra/engine/projections/index.js');
  const { readModels } = await load('projections/index.js');
  const position = await load('infra/shared/position.js');
  const names = new Set(['report-sums', 'cart-journeys', 'customer-orders', 'stock-outs']);
  const store = await openSqliteReadModelStore({ directory, access: 'read-write' });
  let events = 0;
  const eventStore = {
    logId: 'bench',
    async *readAll() {
      for await (const event of eventsOf(position)) {
        events += 1;
        yield event;
      }
    },
  };
  const models = readModels.filter(({ name }) => names.has(name));
  const onParked = (parked) => {
    throw new Error(`parked: ${JSON.stringify(parked)}`);
  };
  const upTo = position.positionOfNumber(Number.MAX_SAFE_INTEGER);
  const started = performance.now();
  await foldModels({ eventStore, readModelStore: store, models, upTo, onFolded: () => undefined, onParked });
  return { store, events: more((events / (performance.now() - started)) * 1000, '/s') };
}

const REPORTS = {
  payments: ['Payments', 'day'],
  refunds: ['Refunds', 'day'],
  tax: ['Tax', 'country'],
  funnel: ['Funnel', 'day'],
  abandonment: ['Abandonment', 'month'],
  customers: ['Customers', 'day'],
  'customers by cohort': ['Customers', 'cohort'],
  'stock-outs': ['StockOuts', 'sku'],
};
const ASKED = { from: `${YEAR}-01-01`, to: `${YEAR}-12-31`, timeZone: 'America/New_York', limit: 100 };
const TIMES = 5;

async function timed({ store }) {
  const { Reports } = await load('read-api/reports/reports.js');
  const parked = { keys: () => Promise.resolve(new Set()) };
  const reports = new Reports(store, parked, { logId: 'bench' });
  const metrics = {};
  for (const [label, [name, by]] of Object.entries(REPORTS)) {
    const file = name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
    const module = await load(`read-api/reports/report-${file}.query.js`);
    const handler = new module[`Report${name}Handler`](reports);
    const query = new module[`Report${name}`]({ request: { ...ASKED, by }, form: 'json' });
    const times = [];
    for (let time = 0; time < TIMES; time += 1) {
      const started = performance.now();
      const { items } = await handler.execute(query);
      times.push(performance.now() - started);
      if (items.length === 0) throw new Error(`the report of ${label} is empty`);
    }
    metrics[label] = less(median(times), 'ms');
  }
  return metrics;
}

const filled = await filledStore();
const metrics = { 'events folded': filled.events, ...(await timed(filled)) };
await filled.store.close();
process.stdout.write(JSON.stringify(metrics));
