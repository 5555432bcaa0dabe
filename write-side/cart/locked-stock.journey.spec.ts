import { Shop, type RunningSagas } from '../../sagas/test-support/shop.js';
import { checkoutBody, Client, expectStatus, type Answer } from '../test-support/client.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

/** A cart is answered whole with each line that is put in, so that the time goes with the square of them. */
const SKUS = 100;
const STOCK = 20;
/** Two such carts are the whole shop. */
const HALF = STOCK / 2;
const BUYERS = 32;

/** Bought to lock stock: the provider says nothing, and no time passes. */
const UNPAID = { payment: { token: 'tok_silent' } };
const ATTACKER = { 'x-forwarded-for': '203.0.113.7' };

let shop: Shop;
let sagas: RunningSagas;
let app: WriteSideApp;
let client: Client;
let skus: readonly string[];
beforeAll(async () => {
  shop = await Shop.open();
  sagas = await shop.start();
  app = await WriteSideApp.start(shop.store, undefined, { abuseLimits: true, settles: 'elsewhere' });
  client = new Client(app);
  skus = await Promise.all(
    Array.from({ length: SKUS }, async () => {
      const sku = await client.product();
      await shop.receive(sku, STOCK);
      return sku;
    }),
  );
}, 120_000);
afterAll(async () => {
  await app.stop();
  await sagas.runner.close();
  await shop.close();
});

const checkOut = (cartId: string, headers: Readonly<Record<string, string>>, extra = {}): Promise<Answer> =>
  client.post(`/v1/carts/${cartId}/checkout`, checkoutBody(extra), { headers });

/** More requests at once than these are an overload where they take long. */
const AT_ONCE = 50;

/** A guest's cart with half of all that there is. */
async function halfTheShop(): Promise<string> {
  const cartId = await client.cart();
  const add = async (sku: string) =>
    expectStatus(await client.post(`/v1/carts/${cartId}/items`, { sku, quantity: HALF }), 200);
  for (let from = 0; from < skus.length; from += AT_ONCE) await Promise.all(skus.slice(from, from + AT_ONCE).map(add));
  return cartId;
}

/** A guest at an address of their own checks two of one product out, and pays. */
async function buyTwo(buyer: number): Promise<Answer> {
  const sku = skus[(buyer * 31) % SKUS] ?? '';
  const cartId = await client.cart([[sku, 2]]);
  return checkOut(cartId, { 'x-forwarded-for': `198.51.100.${buyer + 1}` });
}

/** What has become of an order that was answered 202. */
async function endOf(placed: Answer): Promise<string | undefined> {
  const types = await shop.typesOfOrder(String(expectStatus(placed, 202).json['orderId']));
  return types.at(-1);
}

describe('a guest who checks whole stocks out in cart after cart and never pays', () => {
  it('locks no SKU for the others', async () => {
    const [first, second] = await Promise.all([halfTheShop(), halfTheShop()]);
    const held = await checkOut(first, ATTACKER, UNPAID);
    await shop.atRest(sagas);
    const refused = await checkOut(second, ATTACKER, UNPAID);
    await shop.atRest(sagas);

    const buyers = Array.from({ length: BUYERS }, (_, buyer) => buyTwo(buyer));
    const [again, ...bought] = await Promise.all([checkOut(second, ATTACKER, UNPAID), ...buyers]);
    await shop.atRest(sagas);
    expect(await Promise.all(bought.map(endOf))).toEqual(bought.map(() => 'confirmed'));
    expect(await Promise.all([held, refused, again].map(endOf))).toEqual(['opened', 'rejected', 'rejected']);
    const stocks = await Promise.all(skus.map((sku) => shop.stockOf(sku)));
    expect(Math.max(...stocks.map(({ reserved }) => reserved))).toBe(HALF + 2);
  }, 120_000);
});
