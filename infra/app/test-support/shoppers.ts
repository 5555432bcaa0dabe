import type { Method, Reply, Request } from './http-client.js';
import { checkoutBody, type Line, type Shop } from './shop.js';

/** A keyed request and how it was answered. */
export interface Acknowledged {
  readonly method: Method;
  readonly path: string;
  readonly request: Request;
  readonly reply: Reply;
}

/** What a shopper knows of their cart, from acknowledgements alone. */
export interface Journey {
  readonly reference: string;
  readonly cartId: string;
  readonly lines: Map<string, number>;
  /** Of the 202; undefined while the cart is not checked out. */
  orderId: string | undefined;
  /** SKUs of additions without a key whose answer was lost: they may be there or not, but not twice. */
  readonly unsure: Map<string, number>;
}

const TOKENS = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_ok', 'tok_timeout', 'tok_error'];

/**
 * Shoppers who do not give up: they fill carts, check most of them out, and send everything with an Idempotency-Key
 * again until it is answered, whatever happens to the engine. Some orders are shipped, some cancelled.
 */
export class Shoppers {
  readonly acknowledged: Acknowledged[] = [];
  readonly journeys: Journey[] = [];
  private next = 0;

  constructor(
    private readonly shop: Shop,
    private readonly skus: readonly string[],
  ) {}

  /** So many journeys, several at once; resolves when every shopper is home. */
  go(journeys: number, atOnce = 8): Promise<void> {
    const last = this.next + journeys;
    const walk = async (): Promise<void> => {
      while (this.next < last) await this.journey(this.next++);
    };
    const home = Promise.all(Array.from({ length: atOnce }, walk)).then(() => undefined);
    // It is awaited later: of a test that ends before by something else, it must not become another spec's failure.
    home.catch(() => undefined);
    return home;
  }

  private async journey(number: number): Promise<void> {
    const reference = `journey-${number}`;
    const body = { currency: 'USD', reference };
    const opened = await this.send('POST', '/v1/carts', { body, key: `idempotency-of-${reference}-cart` });
    const cartId = String(opened.json['cartId']);
    const journey: Journey = { reference, cartId, lines: new Map(), orderId: undefined, unsure: new Map() };
    this.journeys.push(journey);
    for (const [step, line] of this.wishes(number).entries()) await this.add(journey, line, step);
    if (number % 6 === 1) await this.addOnce(journey);
    if (number % 5 === 4) return;
    const orderId = await this.checkOut(journey, TOKENS[number % TOKENS.length] ?? 'tok_ok');
    journey.orderId = orderId;
    if (number % 7 === 0) await this.cancel(reference, orderId);
    else if (number % 3 === 0) await this.ship(reference, orderId);
  }

  /** One to three lines. */
  private wishes(number: number): Line[] {
    const sku = (step: number): string => this.skus[(number * 7 + step) % this.skus.length] ?? 'none';
    return Array.from({ length: 1 + (number % 3) }, (_, step) => [sku(step), 1 + (step % 2)] as const);
  }

  private async add({ reference, cartId, lines }: Journey, [sku, quantity]: Line, step: number): Promise<void> {
    const path = `/v1/carts/${cartId}/items`;
    await this.send('POST', path, { body: { sku, quantity }, key: `idempotency-of-${reference}-line-${step}` });
    lines.set(sku, (lines.get(sku) ?? 0) + quantity);
  }

  /** Without a key and without a second try. */
  private async addOnce({ cartId, lines, unsure }: Journey): Promise<void> {
    const [sku = 'none'] = this.skus;
    const body = { sku, quantity: 1 };
    const reply = await this.shop.http.call('POST', `/v1/carts/${cartId}/items`, { body }).catch(() => undefined);
    const known = reply?.status === 200 ? lines : unsure;
    known.set(sku, (known.get(sku) ?? 0) + 1);
  }

  private async checkOut({ reference, cartId }: Journey, token: string): Promise<string> {
    const request = { body: checkoutBody(token), key: `idempotency-of-${reference}-checkout` };
    const placed = await this.send('POST', `/v1/carts/${cartId}/checkout`, request);
    return String(placed.json['orderId']);
  }

  private async cancel(reference: string, orderId: string): Promise<void> {
    const request: Request = {
      body: { reason: 'changed my mind' },
      as: 'support',
      key: `idempotency-of-${reference}-cancel`,
    };
    const path = `/v1/orders/${orderId}/cancellation`;
    const reply = await this.shop.http.persist('POST', path, request);
    if (reply.status === 202) this.acknowledged.push({ method: 'POST', path, request, reply });
  }

  private async ship(reference: string, orderId: string): Promise<void> {
    const { status } = await this.shop.ended(orderId, 60);
    if (status !== 'confirmed') return;
    await this.send('POST', `/v1/orders/${orderId}/shipments`, {
      body: {},
      as: 'admin',
      key: `idempotency-of-${reference}-ship`,
    });
  }

  private async send(method: Method, path: string, request: Request): Promise<Reply> {
    const reply = await this.shop.http.persist(method, path, request);
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`);
    this.acknowledged.push({ method, path, request, reply });
    return reply;
  }
}
