import { setTimeout as pause } from 'node:timers/promises';
import { problemLine, type Answer, type ApiClient, type Call } from './api-client.js';
import type { Basket } from './basket.js';

/** Why a basket was not bought. */
class Refused extends Error {}

export interface ShopperOptions {
  readonly token: string;
  readonly currency: string;
}

interface Placed {
  readonly orderId: string;
  readonly status: string;
}

const SETTLE_SECONDS = 30;
const SETTLED_POLLS = 60;

/** Buys baskets as shoppers do. Every request has its own Idempotency-Key, so that buying a basket again goes on where it stopped. */
export class BasketShopper {
  constructor(
    private readonly client: ApiClient,
    private readonly options: ShopperOptions,
  ) {}

  /** Answers null, or why the basket was refused. */
  async buy(basket: Basket, fulfil: boolean): Promise<string | null> {
    try {
      const cartId = await this.fill(basket);
      const { orderId, status } = await this.checkOut(basket, cartId);
      if (status !== 'confirmed') throw new Refused(`order ${orderId} is ${status}`);
      if (fulfil) await this.fulfil(basket, orderId);
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  /** Ships and delivers an order that was placed before. */
  async fulfil({ basketId }: Basket, orderId: string): Promise<void> {
    const { token } = this.options;
    const path = `/v1/orders/${orderId}/shipments`;
    const shipped = await this.send({
      method: 'POST',
      path,
      body: {},
      token,
      key: `replay-of-basket:${basketId}:shipment`,
    });
    const shipment = `/v1/shipments/${String(shipped.body['shipmentId'])}/delivery`;
    await this.send({ method: 'POST', path: shipment, body: {}, token, key: `replay-of-basket:${basketId}:delivery` });
  }

  private async fill({ basketId, lines }: Basket): Promise<string> {
    const body = { currency: this.options.currency, reference: basketId };
    const opened = await this.send({
      method: 'POST',
      path: '/v1/carts',
      body,
      key: `replay-of-basket:${basketId}:cart`,
    });
    const cartId = String(opened.body['cartId']);
    for (const { sku, quantity } of lines) {
      const path = `/v1/carts/${cartId}/items`;
      await this.send({
        method: 'POST',
        path,
        body: { sku, quantity },
        key: `replay-of-basket:${basketId}:line:${sku}`,
      });
    }
    return cartId;
  }

  private async checkOut({ basketId }: Basket, cartId: string): Promise<Placed> {
    const name = `Household of basket ${basketId}`;
    const shippingAddress = {
      name,
      line1: '1 Market Street',
      city: 'Cincinnati',
      region: 'OH',
      postalCode: '45202',
      country: 'US',
    };
    const body = { email: `basket.${basketId}@example.com`, shippingAddress, payment: { token: 'tok_ok' } };
    const path = `/v1/carts/${cartId}/checkout`;
    const placed = await this.send({
      method: 'POST',
      path,
      body,
      key: `replay-of-basket:${basketId}:checkout`,
      wait: SETTLE_SECONDS,
    });
    const orderId = String(placed.body['orderId']);
    const status = String(placed.body['status']);
    return status === 'pending' ? this.settled(orderId, String(placed.body['accessToken'])) : { orderId, status };
  }

  private async settled(orderId: string, token: string): Promise<Placed> {
    for (let polls = 0; polls < SETTLED_POLLS; polls++) {
      const order = await this.client.call({ method: 'GET', path: `/v1/orders/${orderId}`, token });
      const status = String(order.body['status'] ?? 'pending');
      if (order.status === 200 && status !== 'pending')
        return { orderId, status: isSold(status) ? 'confirmed' : status };
      await pause(500);
    }
    throw new Refused(`order ${orderId} was not settled in ${SETTLED_POLLS / 2} seconds`);
  }

  private async send(call: Call): Promise<Answer> {
    const answer = await this.client.call(call);
    if (answer.status >= 300) throw new Refused(`${call.method} ${call.path}: ${problemLine(answer)}`);
    return answer;
  }
}

const SOLD = new Set(['confirmed', 'partially-shipped', 'shipped', 'delivered', 'completed']);

/** Whether an order with this status counts as sold. */
export const isSold = (status: string): boolean => SOLD.has(status);
