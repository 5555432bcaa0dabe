// Shoppers who do not give up: whatever happens to the engine, each request is sent until it is answered.
import { setTimeout as delay } from 'node:timers/promises';
import { tokenLine } from '../../bench/support/engine.mjs';
import { uuidOf } from './log-plan.mjs';
import { randomOf } from './random.mjs';

/** Longer than a start may take. */
const PATIENCE_SECONDS = 200;
const TOKENS = ['tok_ok', 'tok_ok', 'tok_ok', 'tok_declined', 'tok_timeout'];
const STOCK = 1000;
const authorization = tokenLine('admin').slice('authorization: '.length).trim();
const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};

/** What a guest sends to check out. */
export const checkoutOf = (email, token) => ({ email, shippingAddress: address, payment: { token } });

export class Shoppers {
  /** Each request that was answered with success, and its answer. */
  acknowledged = [];
  #engine;
  #random;

  constructor(engine, seed) {
    this.#engine = engine;
    this.#random = randomOf(seed);
  }

  /** Makes so many products with stock. */
  async stock(count) {
    this.skus = Array.from({ length: count }, (_, index) => `PROOF-${index}`);
    for (const sku of this.skus) {
      const price = { amount: 1000 + this.#random.below(5000), currency: 'USD' };
      await this.#send(`/v1/products`, { sku, name: `Thing ${sku}`, categories: ['things'], price });
      await this.#send(`/v1/inventory/${sku}/receipts`, { quantity: STOCK }, `inventory-${sku}`);
    }
  }

  /** So many journeys, some at once; resolves when every shopper is home. */
  async go(journeys, atOnce = 3) {
    // Chosen before they go: what each does does not follow from who is first.
    const plans = Array.from({ length: journeys }, () => this.#plan());
    const walk = async () => {
      for (let plan = plans.pop(); plan !== undefined; plan = plans.pop()) await this.#journey(plan);
    };
    await Promise.all(Array.from({ length: atOnce }, walk));
  }

  #plan() {
    const random = this.#random;
    const lines = Array.from({ length: 1 + random.below(3) }, () => [random.of(this.skus), 1 + random.below(3)]);
    const then = random.of(['nothing', 'cancel', 'ship', 'ship and refund', 'leave']);
    return { lines, token: random.of(TOKENS), then, email: `shopper${random.below(50)}@example.com` };
  }

  async #journey({ lines, token, then, email }) {
    const { cartId } = await this.#send('/v1/carts', { currency: 'USD' });
    const cart = `cart-${cartId}`;
    for (const [sku, quantity] of lines) await this.#send(`/v1/carts/${cartId}/items`, { sku, quantity }, cart);
    if (then === 'leave') return;
    const { orderId } = await this.#send(`/v1/carts/${cartId}/checkout`, checkoutOf(email, token));
    if (then === 'cancel') return void (await this.#try(`/v1/orders/${orderId}/cancellation`, { reason: 'no more' }));
    const { status } = await this.#orderWhen(orderId, (order) => order.status !== 'pending');
    if (status !== 'confirmed' || then === 'nothing') return;
    await this.#send(`/v1/orders/${orderId}/shipments`, {});
    if (then === 'ship') return;
    await this.#orderWhen(orderId, ({ payment }) => payment.status === 'captured');
    await this.#send(`/v1/orders/${orderId}/refunds`, {
      amount: { amount: 100, currency: 'USD' },
      reason: 'a scratch',
    });
  }

  /** Sends all that was acknowledged once more; answers what is now answered otherwise. */
  async answeredOtherwise() {
    const different = [];
    for (const { path, body, key, status, text } of this.acknowledged) {
      const again = await this.#post(path, body, key);
      if (again.status !== status || again.text !== text)
        different.push(`${path} answered ${status} ${text}, then ${again.status} ${again.text}`);
    }
    return different;
  }

  /** The revisions that were answered to commands on one stream, as `lostCommands` takes them. */
  get revisions() {
    return this.acknowledged.flatMap(({ stream, etag }) =>
      stream === undefined ? [] : [{ stream, revision: Number(etag.replaceAll('"', '')) }],
    );
  }

  async #send(path, body, stream) {
    const answer = await this.#try(path, body, stream);
    if (answer.status >= 300) throw new Error(`POST ${path} is answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text);
  }

  /** A refusal by a rule is an answer too. */
  async #try(path, body, stream) {
    const key = uuidOf(this.#random);
    const answer = await persistently(`POST ${path}`, () => this.#post(path, body, key));
    if (answer.status < 300) this.acknowledged.push({ path, body, key, stream, ...answer });
    return answer;
  }

  async #post(path, body, key) {
    const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
    const answer = await fetch(this.#url(path), { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, etag: answer.headers.get('etag'), text: await answer.text() };
  }

  /** The order once it is so. */
  #orderWhen(orderId, holds) {
    return persistently(`order ${orderId} comes that far`, async () => {
      const answer = await fetch(this.#url(`/v1/orders/${orderId}`), { headers: { authorization } });
      const order = await answer.json();
      return { status: answer.status === 200 && holds(order) ? 200 : 503, text: JSON.stringify(order) };
    }).then(({ text }) => JSON.parse(text));
  }

  #url(path) {
    return `http://127.0.0.1:${this.#engine.port}${path}`;
  }
}

/** Asks until there is an answer: a lost connection, 503 and a request that is under way already are none. */
async function persistently(what, ask) {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const answer = await ask().catch((error) => ({ status: 503, text: String(error) }));
    if (answer.status !== 503 && !answer.text.includes('REQUEST.IN_PROGRESS')) return answer;
    if (Date.now() > deadline)
      throw new Error(`${what}: no answer in ${PATIENCE_SECONDS} s, the last was ${answer.text}`);
    await delay(20);
  }
}
