import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { invalidField, policyPut, ReadApi, refusalOf } from '../shared/test-support/index.js';

const PATH = '/v1/pricing-policy';

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
});
afterAll(() => api.close());

describe('the pricing policy', () => {
  it('is the default, without a version, before any was put in force', async () => {
    const { status, json, headers } = await api.as('admin', PATH);
    expect([status, headers.get('etag')]).toEqual([200, null]);
    expect(json).toEqual({ ...defaultPricingPolicy, hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it('is shown as it is and as it was', async () => {
    api
      .record('pricingpolicy-shop', policyPut({ ...defaultPricingPolicy, name: 'first' }), '2026-03-01T00:00:00.000Z')
      .record('pricingpolicy-shop', policyPut({ ...defaultPricingPolicy, name: 'second' }), '2026-04-01T00:00:00.000Z');
    await api.catchUp();
    const { json, headers } = await api.as('analyst', PATH);
    expect([headers.get('etag'), json['name'], json['version']]).toEqual(['"1"', 'second', 1]);
    const nameAt = async (asOf: string) => (await api.as('support', `${PATH}?asOf=${asOf}`)).json['name'];
    expect(await nameAt('2026-03-15T00:00:00Z')).toBe('first');
    expect(await nameAt('2026-01-01T00:00:00Z')).toBe(defaultPricingPolicy.name);
    expect(refusalOf(await api.as('support', `${PATH}?asOf=then`))).toMatchObject(invalidField('asOf'));
  });

  it('is for staff', async () => {
    expect(refusalOf(await api.get(PATH))).toMatchObject({ status: 401 });
    expect(refusalOf(await api.as('customer', PATH))).toMatchObject({ status: 403 });
  });
});
