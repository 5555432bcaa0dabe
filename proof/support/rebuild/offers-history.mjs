// What a shop offers, in every state that it comes to: channels, prices, promotions, coupons and gift cards, with orders under them.
import { checkoutBody } from '../processes/scenes.mjs';
import { Requests } from './requests.mjs';

const SKU = 'OFFERED';
const CARD_SKU = 'OFFERED-CARD';
const PRICE = 2_000;
/** Who wants the last of something at the same moment. */
const RIVALS = 6;
/** So often rivals are brought together until one of them is too late for what it was promised. */
const ROUNDS = 20;
const DAY_MS = 24 * 3_600_000;

const usd = (amount) => ({ amount, currency: 'USD' });
const inDays = (days) => new Date(Date.now() + days * DAY_MS).toISOString();
const tenth = { type: 'percent-off', percent: '10', of: 'order' };

export class OffersHistory extends Requests {
  /** All that is offered on the first days. Answers what comes to its end days later. */
  async offer() {
    await this.post('/v1/products', { sku: SKU, name: 'Offered thing', price: usd(PRICE) });
    await this.post(`/v1/inventory/${SKU}/receipts`, { quantity: 1_000 });
    await this.#channels();
    await this.#prices();
    await this.#promotionByHand();
    const promotionId = await this.#promotionWithWindow();
    await this.#coupons();
    await this.#contestedCodes();
    await this.#lastUse();
    await this.#usedUpAndUsableAgain();
    await this.#unpaidUse();
    await this.#changedCards();
    await this.#spentCard();
    await this.#soldCards();
    await this.#lastMoney();
    await this.change('PATCH', `/v1/products/${SKU}`, { taxClass: 'reduced' });
    return { promotionId, ...(await this.#expiringCard()) };
  }

  /** What windows and expiries bring; an order that held money of a card that has expired is cancelled. */
  async end({ promotionId, giftCardId, orderId }) {
    await this.event('price-list.ended.v1', 'pricelist-week');
    await this.event('variant.prices-in-force-changed.v1', `variant-${SKU}`);
    await this.event('promotion.ended.v1', `promotion-${promotionId}`);
    await this.event('gift-card.expired.v1', `giftcard-${giftCardId}`);
    await this.#cancelled(orderId);
    await this.event('gift-card.released.v1', `giftcard-${giftCardId}`);
    await this.#bought({ email: 'late@example.com' });
  }

  async #cart({ code, sku = SKU, ...terms } = {}) {
    const { cartId } = await this.post('/v1/carts', { currency: 'USD', ...terms });
    await this.post(`/v1/carts/${cartId}/items`, { sku, quantity: 1 });
    if (code !== undefined) await this.post(`/v1/carts/${cartId}/coupons`, { code });
    return cartId;
  }

  /** Checks out and waits for the end; a refusal is an answer. */
  #checkOut(cartId, { email = 'bargain@example.com', token = 'tok_ok', giftCards }) {
    const payment = giftCards === undefined ? { token } : { giftCards };
    const body = { ...checkoutBody(email, token), payment, acceptPrices: true };
    return this.client.write('POST', `/v1/carts/${cartId}/checkout`, body, { headers: { prefer: 'wait=20' } });
  }

  /** The order of a new cart, however its checkout ended. */
  async #bought({ code, channel, country, sku, ...terms }) {
    const cartId = await this.#cart({ code, channel, country, sku });
    const { json, status, text } = await this.#checkOut(cartId, terms);
    if (status >= 400) throw new Error(`a checkout is answered ${status}: ${text}`);
    return this.client.settledOrder(json.orderId);
  }

  /** So many checkouts at once, with carts that are alike. Answers the confirmed orders. */
  async #rivals(code, terms) {
    const carts = await Promise.all(Array.from({ length: RIVALS }, () => this.#cart({ code })));
    const answers = await Promise.all(carts.map((cartId) => this.#checkOut(cartId, terms)));
    const placed = answers.filter(({ status }) => status < 400);
    const orders = await Promise.all(placed.map(({ json }) => this.client.settledOrder(json.orderId)));
    return orders.filter(({ status }) => status === 'confirmed');
  }

  async #cancelled(orderId) {
    await this.post(`/v1/orders/${orderId}/cancellation`, { reason: 'changed my mind' });
    await this.client.orderWhen(orderId, ({ status }) => status === 'cancelled');
  }

  async #channels() {
    const terms = { locale: 'de-AT', timeZone: 'Europe/Vienna' };
    await this.post('/v1/channels', { code: 'shop-at', name: 'Shop', currencies: ['EUR', 'USD'], ...terms });
    await this.change('PATCH', '/v1/channels/shop-at', { name: 'Shop Austria', countries: ['AT', 'US'] });
    await this.change('PATCH', '/v1/channels/default', { name: 'Everywhere' });
  }

  async #prices() {
    const week = { code: 'week', name: 'Week', priority: 5, from: inDays(2), to: inDays(5) };
    await this.post('/v1/price-lists', week);
    await this.post('/v1/price-lists', { code: 'always', name: 'Always', priority: 1, channels: ['shop-at'] });
    const prices = [
      usd(PRICE),
      { ...usd(1_900), minQuantity: 5 },
      { ...usd(1_800), channel: 'shop-at' },
      { ...usd(1_700), list: 'week' },
      { ...usd(1_600), list: 'always' },
      { ...usd(1_950), from: inDays(1), to: inDays(4) },
    ];
    await this.change('PUT', `/v1/products/${SKU}/prices`, { prices });
    await this.change('PATCH', '/v1/price-lists/always', { priority: 7, countries: ['US'] });
    await this.event('variant.price-list-changed.v1', `variant-${SKU}`);
    await this.#bought({ channel: 'shop-at', country: 'US' });
  }

  async #promotion(terms) {
    const { promotionId } = await this.post('/v1/promotions', { name: 'Ten', then: [tenth], ...terms });
    await this.change('POST', `/v1/promotions/${promotionId}/activation`);
    return promotionId;
  }

  /** One that stays a draft, and one that goes through all that staff do with it. */
  async #promotionByHand() {
    await this.post('/v1/promotions', { name: 'Never given', then: [tenth] });
    const id = await this.#promotion({ name: 'By hand', priority: 3 });
    await this.#bought({ email: 'tenth@example.com' });
    await this.change('PATCH', `/v1/promotions/${id}`, { description: 'A tenth off', priority: 4 });
    await this.change('POST', `/v1/promotions/${id}/pause`);
    await this.change('POST', `/v1/promotions/${id}/activation`);
    await this.change('POST', `/v1/promotions/${id}/end`);
  }

  #promotionWithWindow() {
    return this.#promotion({ name: 'Days to come', from: inDays(1), to: inDays(5) });
  }

  async #coupons() {
    const id = await this.#promotion({ name: 'Handed out', trigger: 'coupon' });
    await this.post(`/v1/promotions/${id}/coupons`, { codes: ['GIVEN-1', 'GIVEN-2', 'GIVEN-3'], uses: 2 });
    await this.post(`/v1/promotions/${id}/coupons`, { count: 40, prefix: 'MADE-', usesPerCustomer: 1 });
    await this.change('POST', '/v1/coupons/GIVEN-2/deactivation');
    await this.#bought({ code: 'given-1' });
  }

  /** Two requests that have one code in common: who comes second takes back what it has issued by then. */
  async #contestedCodes() {
    const id = await this.#promotion({ name: 'Contested codes', trigger: 'coupon' });
    for (let round = 0; !(await this.hasEvent('coupon.codes-withdrawn.v1')); round += 1) {
      if (round === ROUNDS) throw new Error('no request for coupons came second');
      const own = (side) => Array.from({ length: 60 }, (_, index) => `${side}-${round}-${index}`);
      const requests = ['LEFT', 'RIGHT'].map((side) => ({ codes: [...own(side), `SHARED-${round}`] }));
      await Promise.all(requests.map((body) => this.client.write('POST', `/v1/promotions/${id}/coupons`, body)));
    }
  }

  /** The last use of a coupon, and of its promotion: who is too late had it promised by the cart. */
  async #lastUse() {
    for (let round = 0; !(await this.#wasTooLate()); round += 1) {
      if (round === ROUNDS) throw new Error('nobody came too late for the last use of a coupon');
      await this.#lastUseOf(`LAST-${round}`);
    }
  }

  async #wasTooLate() {
    return (await this.hasEvent('promotion.use-closed.v1')) && (await this.hasEvent('coupon.use-closed.v1'));
  }

  async #lastUseOf(code) {
    const id = await this.#promotion({ name: 'Once', trigger: 'coupon', limits: { uses: 1 } });
    await this.post(`/v1/promotions/${id}/coupons`, { codes: [code] });
    await this.#rivals(code, {});
  }

  async #usedUpAndUsableAgain() {
    const limits = { uses: 1, budget: usd(10_000) };
    const id = await this.#promotion({ name: 'Once and again', trigger: 'coupon', limits });
    const stream = `promotion-${id}`;
    await this.post(`/v1/promotions/${id}/coupons`, { codes: ['AGAIN'], uses: 3 });
    const { orderId } = await this.#bought({ code: 'AGAIN' });
    await this.event('promotion.used-up.v1', stream);
    await this.event('promotion.use-committed.v1', stream);
    await this.#cancelled(orderId);
    await this.event('promotion.use-returned.v1', stream);
    await this.event('promotion.usable-again.v1', stream);
    await this.event('coupon.use-returned.v1');
  }

  /** A use that is held and let go, as nobody pays. */
  async #unpaidUse() {
    const limits = { uses: 5, usesPerCustomer: 2 };
    const id = await this.#promotion({ name: 'Unpaid', trigger: 'coupon', limits });
    await this.post(`/v1/promotions/${id}/coupons`, { codes: ['UNPAID'], uses: 5 });
    await this.#bought({ code: 'UNPAID', token: 'tok_declined' });
  }

  #card(amount, terms) {
    return this.post('/v1/gift-cards', { amount: usd(amount), ...terms });
  }

  async #changedCards() {
    const { giftCardId } = await this.#card(3_000, { note: 'goodwill' });
    const path = `/v1/gift-cards/by-id/${giftCardId}`;
    await this.change('POST', `${path}/adjustments`, { amount: usd(500), reason: 'counted twice' });
    await this.change('POST', `${path}/adjustments`, { amount: usd(-200), reason: 'counted once' });
    await this.change('POST', `${path}/block`, { reason: 'reported stolen' });
    await this.post('/v1/gift-cards', { amount: { amount: 700, currency: 'EUR' } });
  }

  /** Money of a card that is taken and given back in part, and money that is held and let go. */
  async #spentCard() {
    const { giftCardId, code } = await this.#card(3 * PRICE);
    const { orderId } = await this.#bought({ giftCards: [code] });
    await this.post(`/v1/orders/${orderId}/shipments`, {});
    await this.client.orderWhen(orderId, ({ payment }) => payment.status === 'captured');
    await this.post(`/v1/orders/${orderId}/refunds`, { amount: usd(100), reason: 'a scratch' });
    await this.event('gift-card.refunded.v1', `giftcard-${giftCardId}`);
    const other = await this.#bought({ giftCards: [code] });
    await this.#cancelled(other.orderId);
    await this.event('gift-card.released.v1', `giftcard-${giftCardId}`);
  }

  /** Cards that are sold: a refund takes its money off them, and where the provider gives nothing back it is put on again. */
  async #soldCards() {
    await this.post('/v1/products', { sku: CARD_SKU, name: 'Gift card', kind: 'gift-card', price: usd(2_500) });
    await this.#refundedSale('tok_ok');
    await this.event('gift-card.reclaimed.v1');
    await this.#refundedSale('tok_refund_fails');
    await this.event('gift-card.reinstated.v1');
  }

  async #refundedSale(token) {
    const { orderId } = await this.#bought({ sku: CARD_SKU, token });
    await this.event('order.gift-cards-issued.v1', `order-${orderId}`);
    await this.post(`/v1/orders/${orderId}/refunds`, { amount: usd(1_000), reason: 'one too many' });
    const isOver = ({ refunds }) => refunds.length > 0 && refunds.every(({ status }) => status !== 'requested');
    await this.client.orderWhen(orderId, isOver);
  }

  /** A card that pays one order of several that are checked out at once. */
  async #lastMoney() {
    for (let round = 0; !(await this.hasEvent('gift-card.hold-closed.v1')); round += 1) {
      if (round === ROUNDS) throw new Error('nobody came too late for what was on a gift card');
      const { code } = await this.#card(PRICE);
      await this.#rivals(undefined, { giftCards: [code] });
    }
  }

  /** A card that expires while an order holds some of it. */
  async #expiringCard() {
    const { giftCardId, code } = await this.#card(2 * PRICE, { expiresAt: inDays(3) });
    const { orderId } = await this.#bought({ email: 'patient@example.com', giftCards: [code] });
    return { giftCardId, orderId };
  }
}
