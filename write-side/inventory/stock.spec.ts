import { expectProblem, expectStatus } from '../test-support/client.js';
import type { Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

describe('stock', () => {
  it('is received and adjusted by location', async () => {
    const sku = await client.product();
    const receive = (body: object) => client.post(`/v1/inventory/${sku}/receipts`, body, { as: 'admin' });
    expectStatus(await receive({ quantity: 6 }), 200);
    expect(expectStatus(await receive({ quantity: 5, location: 'north' }), 200).json).toEqual({
      sku,
      onHand: 11,
      reserved: 0,
      available: 11,
      locations: [
        { location: 'default', onHand: 6, reserved: 0, available: 6 },
        { location: 'north', onHand: 5, reserved: 0, available: 5 },
      ],
    });
    const adjust = (quantity: number) =>
      client.post(`/v1/inventory/${sku}/adjustments`, { quantity, reason: 'count' }, { as: 'admin' });
    expect(expectStatus(await adjust(-2), 200).json['onHand']).toBe(9);
    expect(expectStatus(await adjust(-4), 200).json['onHand']).toBe(5);
    expect((await adjust(-1)).status).toBe(409);
  });

  it('is received for the first time by one of those who saw that there was none', async () => {
    const sku = await client.product();
    const receive = (ifMatch: string) =>
      client.post(`/v1/inventory/${sku}/receipts`, { quantity: 6 }, { as: 'admin', headers: { 'if-match': ifMatch } });
    expectProblem(await receive('"0"'), 412, 'REQUEST.PRECONDITION_FAILED');
    const replies = await Promise.all([receive('"-1"'), receive('"-1"')]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expectProblem(await receive('"-1"'), 412, 'REQUEST.PRECONDITION_FAILED');
  });

  it.each(['suggest', 'live'])('is not received for %s, which reads take for something else', async (sku) => {
    const answer = await client.post(`/v1/inventory/${sku}/receipts`, { quantity: 1 }, { as: 'admin' });
    expectProblem(answer, 400, 'REQUEST.INVALID');
    expect(answer.json['errors']).toMatchObject([{ path: 'sku' }]);
  });

  it.each([
    ['receipts', { quantity: 1 }],
    ['adjustments', { quantity: 1, reason: 'r' }],
  ])('of an unknown product has no %s', async (route, body) => {
    expectProblem(await client.post(`/v1/inventory/none/${route}`, body, { as: 'admin' }), 404, 'PRODUCT.UNKNOWN_SKU');
  });
});
