// A shop's history with every kind of event that a read model takes, made over HTTP on the built engine.
import { runCommand, settled, startEngine } from '../../../bench/support/engine.mjs';
import { Client } from '../processes/client.mjs';
import { checkoutBody } from '../processes/scenes.mjs';
import { OffersHistory } from './offers-history.mjs';
import { Requests } from './requests.mjs';

const TOKENS = [
  'tok_ok',
  'tok_ok',
  'tok_timeout',
  'tok_declined',
  'tok_capture_fails',
  'tok_action_required',
  'tok_refund_fails',
  'tok_action_declined',
  'tok_error',
];
const ENDS = ['nothing', 'cancel', 'ship', 'ship in parts', 'refund', 'cancel the rest'];
const SETTLED_AFTER_MS = '50';
const FORGOTTEN = 'forgotten@example.com';
/** The sandbox is silent for so long where a token makes it so. */
const SILENT_FOR_MS = '20000';
/** Of the week in which money is held, half a day is left. */
const DAYS_LATER = {
  // Each order that needs a person is a warning.
  LOG_LEVEL: 'error',
  SANDBOX_DELAY_MS: SILENT_FOR_MS,
  CLOCK_AHEAD_MS: String(6.5 * 24 * 3_600_000),
  CART_ABANDONED_AFTER_DAYS: '5',
  NODE_OPTIONS: `--import ${new URL('clock-ahead.mjs', import.meta.url).href}`,
};
/** The clock leaps this often while a saga is waited for that pauses longer and longer. */
const LEAP_EVERY_MS = 500;

class History extends Requests {
  /** What staff do goes round, so that all of it is done. */
  #worked = 0;

  constructor(client, skus) {
    super(client);
    Object.assign(this, { skus, random: client.random });
  }

  async product(sku, index) {
    const price = { amount: 500 + this.random.below(9_000), currency: 'USD' };
    const name = `${['Plain', 'Fine', 'Old', 'Éclair'][index % 4]} thing ${sku}`;
    const categories = [['clothes'], ['clothes', 'shirts'], [], ['food']][index % 4];
    await this.post('/v1/products', { sku, name, categories, price, brand: index % 3 === 0 ? 'Acme' : 'Ünion' });
    await this.post(`/v1/inventory/${sku}/receipts`, { quantity: 5 + this.random.below(40) });
  }

  /** What staff do with the catalogue and the stock. */
  async keepShop() {
    const { random } = this;
    const sku = random.of(this.skus);
    const works = [
      () => this.change('PATCH', `/v1/products/${sku}`, { name: `Renamed ${random.below(1000)}` }),
      () => this.change('PATCH', `/v1/products/${sku}`, { taxClass: random.of(['reduced', 'standard']) }),
      () => this.change('PATCH', `/v1/products/${sku}`, { attributes: { colour: random.of(['red', 'blue']) } }),
      () =>
        this.change('PUT', `/v1/products/${sku}/price`, { price: { amount: random.below(9_000), currency: 'USD' } }),
      () =>
        this.post(`/v1/inventory/${sku}/receipts`, {
          quantity: 1 + random.below(9),
          location: random.of(['default', 'north']),
        }),
      () =>
        this.client.write('POST', `/v1/inventory/${sku}/adjustments`, {
          quantity: -1 - random.below(3),
          reason: 'broken',
        }),
    ];
    await works[this.#worked++ % works.length]();
  }

  async #cart() {
    const { random } = this;
    const { cartId } = await this.post('/v1/carts', { currency: 'USD', reference: `visit-${random.below(100)}` });
    for (let line = 1 + random.below(3); line > 0; line -= 1)
      await this.post(`/v1/carts/${cartId}/items`, { sku: random.of(this.skus), quantity: 1 + random.below(3) });
    return cartId;
  }

  /** A cart that somebody changes and leaves. */
  async leftCart() {
    const { cartId } = await this.post('/v1/carts', { currency: 'USD' });
    const [kept, removed] = this.skus;
    for (const sku of [kept, removed]) await this.post(`/v1/carts/${cartId}/items`, { sku, quantity: 1 });
    await this.change('PATCH', `/v1/carts/${cartId}/items/${kept}`, { quantity: 2 });
    await this.change('DELETE', `/v1/carts/${cartId}/items/${removed}`);
  }

  /** An order of one unit, whatever the stock is. */
  async placed(email, token) {
    const sku = this.skus[0];
    await this.post(`/v1/inventory/${sku}/receipts`, { quantity: 1 });
    const { cartId } = await this.post('/v1/carts', { currency: 'USD' });
    await this.post(`/v1/carts/${cartId}/items`, { sku, quantity: 1 });
    const { orderId } = await this.post(`/v1/carts/${cartId}/checkout`, checkoutBody(email, token));
    return orderId;
  }

  /** The same, shipped. */
  async shipped(email, token) {
    const orderId = await this.placed(email, token);
    await this.client.settledOrder(orderId);
    const { shipmentId } = await this.post(`/v1/orders/${orderId}/shipments`, {});
    return { orderId, shipmentId };
  }

  /** Somebody who may be forgotten: nothing of theirs is under way. */
  async bought(email) {
    const { orderId, shipmentId } = await this.shipped(email, 'tok_ok');
    await this.post(`/v1/shipments/${shipmentId}/delivery`, {});
    await this.client.orderWhen(orderId, ({ status }) => status === 'completed');
  }

  async refusedRefund() {
    const { orderId } = await this.shipped('unlucky@example.com', 'tok_refund_fails');
    await this.#giveBack(orderId);
    await this.post(`/v1/orders/${orderId}/notes`, { text: 'the bank refused it: ask for another card' });
  }

  /** A confirmed order whose money is held for half a day more: it is flagged, and shipped for that. */
  async shipInTime(orderId) {
    await this.client.orderWhen(orderId, ({ attention }) => attention.length > 0);
    await this.post(`/v1/orders/${orderId}/shipments`, {});
    await this.client.orderWhen(orderId, ({ attention }) => attention.length === 0);
  }

  /** A capture that is refused until somebody has it tried again, `leap` after `leap` of the clock. */
  async retryCapture(orderId, leap) {
    const isRefused = ({ attention }) => attention.some(({ code }) => code === 'PAYMENT.CAPTURE_FAILED');
    const leaping = setInterval(leap, LEAP_EVERY_MS);
    await this.client.orderWhen(orderId, isRefused).finally(() => clearInterval(leaping));
    await this.post(`/v1/orders/${orderId}/attention/retry`);
  }

  /** @param number of the journey: what it is paid with and how it ends goes round */
  async journey(number) {
    const { random } = this;
    const cartId = await this.#cart();
    if (random.chance(0.1)) return;
    const token = TOKENS[number % TOKENS.length];
    const body = checkoutBody(`buyer${number % 7}@example.com`, token);
    const { orderId } = await this.post(`/v1/carts/${cartId}/checkout`, { ...body, acceptPrices: true });
    const order = await this.client.settledOrder(orderId);
    if (order.status !== 'confirmed') return;
    const end = ENDS[Math.floor(number / TOKENS.length) % ENDS.length];
    // A refused capture is tried again for hours.
    await this.#end(order, token === 'tok_capture_fails' && end === 'refund' ? 'ship' : end);
  }

  async #end({ orderId, lines }, end) {
    const path = `/v1/orders/${orderId}`;
    if (end === 'nothing') return;
    if (end === 'cancel') return void (await this.post(`${path}/cancellation`, { reason: 'changed my mind' }));
    if (end === 'ship in parts' || end === 'cancel the rest') {
      const [{ sku, lineId, quantity }] = lines;
      const part = { ...(lineId ? { lineId } : { sku }), quantity: Math.max(1, quantity - 1) };
      await this.#ship(path, { lines: [part] });
    }
    if (end === 'cancel the rest')
      return void (await this.client.write('POST', `${path}/cancellation`, { reason: 'took too long' }));
    await this.#ship(path, {});
    if (end === 'refund') await this.#giveBack(orderId);
  }

  async #ship(path, body) {
    const shipped = await this.client.write('POST', `${path}/shipments`, body);
    // All of it has left already where the first part was the whole.
    if (shipped.status === 201 && this.random.chance(0.6))
      await this.post(`/v1/shipments/${shipped.json.shipmentId}/delivery`, {});
  }

  /** Part of the money, or all of it; where the provider refuses that for good a person has it tried again. */
  async #giveBack(orderId) {
    const path = `/v1/orders/${orderId}`;
    await this.client.orderWhen(orderId, ({ payment }) => payment.status === 'captured');
    await this.post(`${path}/refunds`, { amount: { amount: 100, currency: 'USD' }, reason: 'a scratch' });
    if (this.random.chance(0.5)) await this.client.write('POST', `${path}/refunds`, { reason: 'all of it' });
    const isOver = ({ refunds }) => refunds.every(({ status }) => status !== 'requested');
    const { refunds } = await this.client.orderWhen(orderId, isOver);
    if (refunds.every(({ status }) => status === 'refunded')) return;
    await this.client.orderWhen(orderId, ({ attention }) => attention.length > 0);
    await this.post(`${path}/attention/retry`);
  }

  /** A fulfilment whose money is refused for good: a person has it tried again, or has it let go of the money. */
  async repaired(repair) {
    const { orderId } = await this.shipped('repaired@example.com', 'tok_capture_recovers');
    await this.client.orderWhen(orderId, ({ attention }) => attention.length > 0);
    await this.post(`/v1/sagas/fulfilment/${orderId}/${repair}`, { reason: 'seen to it' });
    await this.client.orderWhen(orderId, ({ attention }) => attention.length === 0);
  }
}

/** What goes on while nobody puts the clock ahead. Answers the orders that are waited for for days. */
async function firstDays(subject, directory, { random, products, journeys }) {
  const engine = await startEngine(subject, directory, { SANDBOX_DELAY_MS: SETTLED_AFTER_MS });
  const skus = Array.from({ length: products }, (_, index) => `THING-${index}`);
  const history = new History(new Client({ desks: [engine] }, random, []), skus);
  for (const [index, sku] of skus.entries()) await history.product(sku, index);
  let next = 0;
  const walk = async () => {
    while (next < journeys) {
      await history.journey(next++);
      if (random.chance(0.4)) await history.keepShop();
    }
  };
  await Promise.all(Array.from({ length: 6 }, walk));
  const offers = await new OffersHistory(history.client).offer();
  await history.refusedRefund();
  await history.leftCart();
  await history.repaired('retry');
  await history.repaired('compensate');
  await history.bought(FORGOTTEN);
  const { orderId: uncaptured } = await history.shipped('unlucky@example.com', 'tok_capture_fails');
  const unshipped = await history.placed('patient@example.com', 'tok_ok');
  await history.client.settledOrder(unshipped);
  await settled(engine);
  await engine.stop();
  return { skus, uncaptured, unshipped, offers };
}

/** A payment that is asked for and not answered; what was asked before the provider went away is not answered either. */
async function silentPayment(subject, directory, { random, skus }) {
  const engine = await startEngine(subject, directory, { SANDBOX_DELAY_MS: SILENT_FOR_MS });
  const history = new History(new Client({ desks: [engine] }, random, []), skus);
  const orderId = await history.placed('silent@example.com', 'tok_timeout');
  await engine.stop();
  return orderId;
}

/** What happens days later: a silent provider is given up, money is held no longer, a capture is refused for good, offers end. */
async function daysLater(subject, directory, { random, skus, silent, uncaptured, unshipped, offers }) {
  const engine = await startEngine(subject, directory, DAYS_LATER);
  const history = new History(new Client({ desks: [engine] }, random, []), skus);
  await history.client.settledOrder(silent);
  await new OffersHistory(history.client).end(offers);
  await history.shipInTime(unshipped);
  await history.event('cart.abandoned.v1');
  await history.retryCapture(uncaptured, () => process.kill(engine.pid, 'SIGUSR2'));
  await settled(engine);
  await engine.stop();
}

/** Makes the history in a directory; its read models have folded all of it, live, when this resolves. */
export async function makeHistory(subject, directory, { random, products, journeys }) {
  const { skus, ...orders } = await firstDays(subject, directory, { random, products, journeys });
  await runCommand(subject, directory, ['forget', FORGOTTEN], () => undefined);
  const silent = await silentPayment(subject, directory, { random, skus });
  await daysLater(subject, directory, { random, skus, silent, ...orders });
}
