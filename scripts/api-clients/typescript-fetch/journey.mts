// A purchase through the client that openapi-generator's typescript-fetch writes.
import { CartsApi, Configuration, OrdersApi } from '../.cache/typescript-fetch/index.js';
import { SKU, settings } from '../settings.mjs';

const { url, token } = settings();
const configuration = new Configuration({ basePath: url, accessToken: token });
const carts = new CartsApi(configuration);

const { cartId: id } = await carts.cartsOpen({ openCartBody: { currency: 'USD' } });
await carts.cartsAddItem({ id, addItemBody: { sku: SKU, quantity: 1 } });
const checkout = await carts.cartsCheckOutRaw({
  id,
  prefer: 'wait=20',
  checkoutBody: {
    email: 'ada@example.com',
    shippingAddress: { name: 'Ada', line1: '12 Mill Street', city: 'New York', postalCode: '10001', country: 'US' },
    payment: { token: 'tok_ok' },
  },
});
const placed = await checkout.value();
const consistencyToken = checkout.raw.headers.get('consistency-token') ?? '';
const mine = await new OrdersApi(configuration).meListOrders({ consistencyToken });
const found = mine.items.find((order) => order.orderId === placed.orderId);
if (found?.status !== 'confirmed') throw new Error(`${placed.orderId} is not listed: ${JSON.stringify(mine.items)}`);
