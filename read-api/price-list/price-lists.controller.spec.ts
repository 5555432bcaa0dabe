import type { PriceListEvent } from '../../domain/price-list/index.js';
import { ReadApi, refusalOf } from '../shared/test-support/index.js';

const PATH = '/v1/price-lists';

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  for (const code of ['sale', 'vip', 'a']) api.record(`pricelist-${code}`, created(code));
  api.record('pricelist-sale', { type: 'price-list.begun.v1', data: { code: 'sale', at } });
  await api.catchUp();
});
afterAll(() => api.close());

const at = '2026-06-01T00:00:00.000Z';
const created = (code: string): PriceListEvent => ({
  type: 'price-list.created.v1',
  data: {
    code,
    name: 'A list',
    priority: 1,
    from: at,
    countries: ['AT'],
    isInForce: false,
    at: '2026-05-01T00:00:00.000Z',
  },
});

describe('price lists', () => {
  it('are shown to staff as they are now', async () => {
    const { json, headers } = await api.as('support', `${PATH}/sale`);
    const shown = { code: 'sale', name: 'A list', priority: 1, from: at, countries: ['AT'] };
    expect([json, headers.get('etag')]).toEqual([{ ...shown, inForce: true, version: 1 }, '"1"']);
    expect((await api.as('analyst', `${PATH}/vip`)).json).toMatchObject({ inForce: false, version: 0 });
    expect(refusalOf(await api.as('admin', `${PATH}/none`))).toMatchObject({
      status: 404,
      code: 'PRICE_LIST.NOT_FOUND',
    });
    expect(refusalOf(await api.as('customer', PATH))).toMatchObject({ status: 403 });
  });

  it('are listed by code', async () => {
    for (const limit of [1, 2, 3]) {
      expect((await api.all('support', `${PATH}?limit=${limit}`)).map(({ code }) => code)).toEqual([
        'a',
        'sale',
        'vip',
      ]);
    }
  });
});
