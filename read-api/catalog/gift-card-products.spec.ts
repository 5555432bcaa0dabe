import { MOST_GIFT_CARDS } from '../../domain/shared/index.js';
import { productCreated, ReadApi } from '../shared/test-support/index.js';

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  const card = productCreated('card', { name: 'Gift card', amount: 2_500 });
  if (card.type !== 'product.created.v1') throw new Error('no product was created');
  const variants = card.data.variants.map((variant) => ({ ...variant, kind: 'gift-card' as const }));
  api
    .record('product-card', { ...card, data: { ...card.data, variants } })
    .record('product-tea', productCreated('tea', { name: 'Tea', amount: 100 }));
  await api.catchUp();
});
afterAll(() => api.close());

describe('a product that is a gift card', () => {
  it('says so, and is always available', async () => {
    const { json } = await api.get('/v1/products/card');
    expect(json).toMatchObject({ sku: 'card', kind: 'gift-card', available: MOST_GIFT_CARDS });
    expect((await api.get('/v1/products/tea')).json).not.toHaveProperty('kind');
  });

  it('is found among what is in stock', async () => {
    const { items } = await api.get('/v1/products?inStock=true');
    expect(items).toMatchObject([{ sku: 'card', kind: 'gift-card', available: MOST_GIFT_CARDS }]);
  });
});
