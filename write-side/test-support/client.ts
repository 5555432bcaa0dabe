import { randomUUID } from 'node:crypto';
import type { AccessRole } from '../../infra/http/index.js';
import { WriteSideApp } from './write-side-app.js';

/** What a call answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as parsed JSON; `any` member is for the spec to look at. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly raw?: string;
  /** A role to sign a token for, or a bearer as it is. */
  readonly as?: AccessRole;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};
export const usd = (amount: number) => ({ amount, currency: 'USD' });
export const checkoutBody = (extra: object = {}) => ({
  email: 'ada@example.com',
  shippingAddress: address,
  payment: { token: 'tok_ok' },
  ...extra,
});

/** A client of the command API, with the few things that every spec needs first. */
export class Client {
  constructor(private app: WriteSideApp) {}

  /** Goes on with another process over the same store. */
  moveTo(app: WriteSideApp): void {
    this.app = app;
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { as, bearer = as === undefined ? undefined : await WriteSideApp.token(as), raw } = options;
    const body = raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(this.app.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...options.headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    const { status, headers } = response;
    this.app.check({ method, path, status, headers, json });
    return { status, headers, json: json as Answer['json'] };
  }

  post(path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    return this.call('POST', path, { ...options, body });
  }

  async product(price = usd(1000)): Promise<string> {
    const sku = `S-${randomUUID().slice(0, 8)}`;
    expectStatus(await this.post('/v1/products', { sku, name: `Thing ${sku}`, price }, { as: 'admin' }), 201);
    return sku;
  }

  async cart(items: readonly (readonly [string, number])[] = []): Promise<string> {
    const id = String(expectStatus(await this.post('/v1/carts', { currency: 'USD' }), 201).json['cartId']);
    for (const [sku, quantity] of items) {
      expectStatus(await this.post(`/v1/carts/${id}/items`, { sku, quantity }), 200);
    }
    return id;
  }

  /** A confirmed order of three units of one product. */
  async order(options: CallOptions = {}): Promise<{ orderId: string; accessToken: string; sku: string }> {
    const sku = await this.product();
    const opened = expectStatus(await this.post('/v1/carts', { currency: 'USD' }, options), 201);
    const cart = `/v1/carts/${String(opened.json['cartId'])}`;
    expectStatus(await this.post(`${cart}/items`, { sku, quantity: 3 }), 200);
    const placed = await this.post(`${cart}/checkout`, checkoutBody(), { ...options, headers: { prefer: 'wait=10' } });
    const { orderId, accessToken } = expectStatus(placed, 201).json;
    return { orderId: String(orderId), accessToken: String(accessToken), sku };
  }
}

/** The answer when it has this status, else an error that shows it. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer;
  throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.json)}`);
}

/** Checks a problem document in full. */
export function expectProblem(answer: Answer, status: number, code: string): Answer {
  expect({ status: answer.status, code: answer.json['code'] }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.json['status']).toBe(status);
  return answer;
}
