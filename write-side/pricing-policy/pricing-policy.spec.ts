import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { checkoutBody, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

const PATH = '/v1/pricing-policy';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

const put = (policy: object, as: 'admin' | 'support' = 'admin', headers: Readonly<Record<string, string>> = {}) =>
  client.call('PUT', PATH, { body: policy, as, headers });

const shipping = (price: number) => [{ id: 'standard', name: 'Standard', rates: [{ currency: 'USD', price }] }];
const policy = { ...defaultPricingPolicy, name: 'shop', shippingMethods: shipping(500) };

describe('a pricing policy', () => {
  it('is put in force by an admin, and once', async () => {
    const answer = expectStatus(await put(policy), 200);
    expect(answer.json).toMatchObject({ ...policy, version: 0 });
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(expectStatus(await put(policy), 200).json['version']).toBe(0);
    const dearer = { ...policy, shippingMethods: shipping(600) };
    const ifMatch = { 'if-match': '"0"' };
    expect(expectStatus(await put(dearer, 'admin', ifMatch), 200).json['version']).toBe(1);
    expectProblem(await put(policy, 'admin', ifMatch), 412, 'REQUEST.PRECONDITION_FAILED');
  });

  it('is what the next checkout is priced by', async () => {
    const cart = await client.cart([[await client.product(), 1]]);
    const totalAt = async (price: number) => {
      expectStatus(await put({ ...policy, shippingMethods: shipping(price) }), 200);
      const body = checkoutBody({ expectedTotal: usd(1) });
      return expectProblem(await client.post(`/v1/carts/${cart}/checkout`, body), 409, 'CART.TOTAL_CHANGED').json[
        'actual'
      ];
    };
    expect([await totalAt(700), await totalAt(900)]).toEqual([usd(1700), usd(1900)]);
  });

  it('is refused with all of its problems at once, each by its path', async () => {
    const zones = [{ countries: ['Germany'], rates: [{ name: 'VAT', rate: '19%', included: true }] }];
    const answer = await put({ ...policy, taxZones: zones, more: 1 });
    expectProblem(answer, 422, 'PRICING_POLICY.INVALID');
    expect((answer.json['errors'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'more',
      'taxZones[0].rates[0].rate',
      'taxZones[0].countries[0]',
    ]);
  });

  it('is put in force by no one else', async () => {
    expectProblem(await put(policy, 'support'), 403, 'AUTH.FORBIDDEN');
  });
});
