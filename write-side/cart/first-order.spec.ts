import { randomUUID } from 'node:crypto';
import type { CustomerFirstOrderConfirmed } from '../../domain/customer/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { checkoutBody, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { CallOptions, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

const CUSTOMERS = 'customer-';
const ANN: CallOptions = { as: 'customer' };
const ANNS_ID = 'customer-1';
const ADMIN: CallOptions = { as: 'admin' };

let harness: Harness;
let client: Client;
const customersRead: string[] = [];

/** The log, and which streams of customers were read. */
const watched = (store: EventStore): EventStore =>
  new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        const [stream] = given;
        if (name === 'read' && String(stream).startsWith(CUSTOMERS)) customersRead.push(String(stream));
        return Reflect.apply(member, target, given);
      };
    },
  });

beforeEach(async () => {
  harness = await startHarness({}, watched);
  client = harness.client;
  customersRead.length = 0;
});
afterEach(() => harness.stop());

/** Takes a tenth off. */
async function promotion(when: readonly object[]): Promise<void> {
  const body = { name: 'Welcome', when, then: [{ type: 'percent-off', percent: '10', of: 'order' }] };
  const { json } = expectStatus(await client.post('/v1/promotions', body, ADMIN), 201);
  expectStatus(await client.post(`/v1/promotions/${String(json['promotionId'])}/activation`, undefined, ADMIN), 200);
}

/** The path of a cart with tea for 2000 that was opened so, and its total. */
async function cartOf(opening: CallOptions = {}): Promise<readonly [path: string, total: unknown]> {
  const opened = expectStatus(await client.post('/v1/carts', { currency: 'USD' }, opening), 201);
  const path = `/v1/carts/${String(opened.json['cartId'])}`;
  const items = await client.post(`${path}/items`, { sku: await client.product(usd(1000)), quantity: 2 });
  const { totals } = expectStatus(items, 200).json as { totals: { total: unknown } };
  return [path, totals.total];
}

const buy = (path: string, expectedTotal: unknown, as: CallOptions = {}) =>
  client.post(`${path}/checkout`, checkoutBody({ expectedTotal }), { ...as, headers: { prefer: 'wait=10' } });

async function hasBought(): Promise<void> {
  const first: CustomerFirstOrderConfirmed = {
    type: 'customer.first-order-confirmed.v1',
    data: { customerId: ANNS_ID, orderId: 'o-1' },
  };
  const metadata = { commandId: 'a-command', correlationId: 'a-request', causationId: null, actor: 'saga:first-order' };
  await harness.store.append(`${CUSTOMERS}${ANNS_ID}`, [{ ...first, id: randomUUID(), metadata }], 'no-stream');
}

describe('a promotion for a first order', () => {
  beforeEach(() => promotion([{ type: 'first-order' }]));

  it('is shown and given to an account that has bought nothing', async () => {
    const [path, total] = await cartOf(ANN);
    expect(total).toEqual(usd(1800));
    expectStatus(await buy(path, usd(1800), ANN), 201);
  });

  it('is neither shown nor given to an account that has bought', async () => {
    await hasBought();
    const [path, total] = await cartOf(ANN);
    expect(total).toEqual(usd(2000));
    expectStatus(await buy(path, usd(2000), ANN), 201);
  });

  it('is for no guest, and for no cart of a guest', async () => {
    const [path, total] = await cartOf();
    expect(total).toEqual(usd(2000));
    expectStatus(await buy(path, usd(2000)), 201);
    const [another] = await cartOf();
    expectStatus(await buy(another, usd(2000), ANN), 201);
    expect(customersRead).toEqual([`${CUSTOMERS}${ANNS_ID}`]);
  });

  it('is not for whoever else checks the cart out, who is told of the other total', async () => {
    const [path] = await cartOf(ANN);
    expectProblem(await buy(path, usd(1800)), 409, 'CART.TOTAL_CHANGED');
    const bearer = await harness.token('customer', 'another');
    expectProblem(await buy(path, usd(1800), { bearer }), 409, 'CART.TOTAL_CHANGED');
  });
});

describe('what a customer has bought', () => {
  it('is looked up for no cart while no promotion in force asks for a first order', async () => {
    await promotion([{ type: 'quantity', atLeast: 1 }]);
    const [path, total] = await cartOf(ANN);
    expectStatus(await buy(path, total, ANN), 201);
    expect(customersRead).toEqual([]);
  });
});
