import type { BuyersOrderView } from '../../../projections/order/index.js';
import type { StockDocument } from '../../../projections/inventory/index.js';
import { eventually, until } from './eventually.js';
import { expectStatus, HttpClient, type Reply, type Request, type Role } from './http-client.js';

/** SKU and how many. */
export type Line = readonly [sku: string, quantity: number];

export interface ProductOptions {
  readonly sku: string;
  /** Minor units, USD. */
  readonly price?: number;
  readonly stock?: number;
  readonly kind?: 'gift-card';
}

export interface CheckoutOptions extends Request {
  /** The sandbox's payment token; default `tok_ok`. */
  readonly token?: string;
  /** Seconds for `Prefer: wait=`; without it the checkout answers 202. */
  readonly wait?: number;
}

export interface ReportItem {
  readonly key: string;
  readonly orders: number;
  readonly units: number;
  readonly revenue: { readonly amount: number; readonly currency: string };
}

export const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};

export const checkoutBody = (token = 'tok_ok') => ({
  email: 'ada@example.com',
  shippingAddress: address,
  payment: { token },
});

const ENDED = new Set(['confirmed', 'partially-shipped', 'shipped', 'delivered', 'completed', 'rejected', 'cancelled']);

/** A shop over HTTP: what admins set up, shoppers do and analysts read. */
export class Shop {
  readonly http: HttpClient;

  constructor(engine: { readonly url: string }, http = new HttpClient(engine)) {
    this.http = http;
  }

  async product({ sku, price = 1000, stock = 0, kind }: ProductOptions): Promise<string> {
    const facts = { sku, name: `Thing ${sku}`, categories: ['Things'], price: { amount: price, currency: 'USD' } };
    const body = kind === undefined ? facts : { ...facts, kind };
    expectStatus(await this.http.call('POST', '/v1/products', { body, as: 'admin' }), 201);
    const path = `/v1/inventory/${sku}/receipts`;
    if (stock > 0) expectStatus(await this.http.call('POST', path, { body: { quantity: stock }, as: 'admin' }), 200);
    return sku;
  }

  async cart(...lines: readonly Line[]): Promise<string> {
    return this.cartOf({}, ...lines);
  }

  /** A cart that was opened with these headers. */
  async cartOf(headers: Readonly<Record<string, string>>, ...lines: readonly Line[]): Promise<string> {
    const opened = expectStatus(await this.http.call('POST', '/v1/carts', { body: { currency: 'USD' }, headers }), 201);
    const cartId = String(opened.json['cartId']);
    for (const [sku, quantity] of lines) {
      expectStatus(await this.http.call('POST', `/v1/carts/${cartId}/items`, { body: { sku, quantity } }), 200);
    }
    return cartId;
  }

  checkOut(cartId: string, { token, wait, ...request }: CheckoutOptions = {}): Promise<Reply> {
    const headers = { ...(wait !== undefined && { prefer: `wait=${wait}` }), ...request.headers };
    return this.http.call('POST', `/v1/carts/${cartId}/checkout`, { body: checkoutBody(token), ...request, headers });
  }

  /** Checks a new cart out; answers the orderId of the 202. */
  async buy(lines: readonly Line[], token?: string): Promise<string> {
    const cartId = await this.cart(...lines);
    const placed = await this.checkOut(cartId, token === undefined ? {} : { token });
    return String(expectStatus(placed, 202).json['orderId']);
  }

  async ship(orderId: string): Promise<Reply> {
    const path = `/v1/orders/${orderId}/shipments`;
    return expectStatus(await this.http.call('POST', path, { body: {}, as: 'admin' }), 201);
  }

  async order(orderId: string): Promise<BuyersOrderView> {
    return this.read(`/v1/orders/${orderId}`, 'admin');
  }

  /** The order once its checkout has ended. */
  ended(orderId: string, withinSeconds = 30): Promise<BuyersOrderView> {
    return this.orderWhen(orderId, ({ status }) => ENDED.has(status), withinSeconds);
  }

  orderWhen(orderId: string, holds: (order: BuyersOrderView) => boolean, withinSeconds = 30): Promise<BuyersOrderView> {
    let last: BuyersOrderView | undefined;
    return eventually(
      `order ${orderId} has come that far`,
      async () => {
        last = await this.order(orderId);
        return holds(last) ? last : undefined;
      },
      withinSeconds,
    ).catch((error: unknown) => {
      throw new Error(`the order stays ${JSON.stringify(last)}`, { cause: error });
    });
  }

  stock(sku: string): Promise<StockDocument> {
    return this.read(`/v1/inventory/${sku}`);
  }

  orders(): Promise<readonly BuyersOrderView[]> {
    return this.all('/v1/orders?limit=100', 'admin');
  }

  report(by: 'day' | 'category' | 'sku'): Promise<readonly ReportItem[]> {
    return this.all(`/v1/reports/sales?by=${by}&limit=100`, 'analyst');
  }

  /** Waits until every read model has the whole log. */
  caughtUp(): Promise<void> {
    return until('the read models catch up', async () => {
      const { items } = await this.read<{ items: readonly { lag: number }[] }>('/v1/projections', 'admin');
      return items.every(({ lag }) => lag === 0);
    });
  }

  /** @throws where the answer is not 200 */
  async read<Body>(path: string, as?: Role): Promise<Body> {
    const reply = await this.http.call('GET', path, as === undefined ? {} : { as });
    return expectStatus(reply, 200).json as Body;
  }

  private async all<Item>(path: string, as: Role): Promise<readonly Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const page: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const body: { items: readonly Item[]; nextCursor: string | null } = await this.read(path + page, as);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return items;
  }
}
