import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
let process: RunningSagas;
beforeAll(async () => {
  shop = await Shop.open();
  process = await shop.start();
  await shop.receive('TEA', 100);
});
afterAll(async () => {
  await process.runner.close();
  await shop.close();
});

async function ended(quantity: number, token = 'tok_ok'): Promise<string | undefined> {
  const orderId = await shop.checkOut([{ sku: 'TEA', quantity }], token, { client: 'a client' });
  await shop.atRest(process);
  return (await shop.typesOfOrder(orderId)).at(-1);
}

it('a client may hold as much again once its order is confirmed, and not before', async () => {
  expect(await ended(21)).toBe('rejected');
  expect(await ended(20)).toBe('confirmed');
  expect(await ended(16, 'tok_silent')).toBe('opened');
  expect(await ended(1)).toBe('rejected');
  // The confirmed one was asked about once; what it holds is not counted any more.
  const settled = (await shop.events('inventory-TEA')).flatMap(({ data }) => data['settled'] ?? []);
  expect(settled).toHaveLength(1);
});
