import type { Cart } from '../../../domain/cart/index.js';
import type { OrderView } from '../../../domain/order/index.js';
import type { Shop } from './shop.js';
import type { Acknowledged, Journey, Shoppers } from './shoppers.js';

/** What the shop has lost or done twice, compared with what it acknowledged; empty when it kept its word. */
export async function brokenPromises(shop: Shop, { journeys }: Shoppers): Promise<readonly string[]> {
  const all = await shop.orders();
  const broken = await Promise.all(
    journeys.map((journey) => {
      const orders = all.filter(({ reference }) => reference === journey.reference);
      return promisesBrokenTo(shop, journey, orders);
    }),
  );
  return broken.flat();
}

async function promisesBrokenTo(shop: Shop, journey: Journey, orders: readonly OrderView[]): Promise<string[]> {
  const { cartId, orderId, reference } = journey;
  if (orderId === undefined) {
    const { items } = await shop.read<Cart>(`/v1/carts/${cartId}`);
    const wrong = linesDiffer(journey, items);
    return [...wrong, ...(orders.length > 0 ? [`${reference} was never checked out but has an order`] : [])];
  }
  const [order, ...more] = orders;
  if (order === undefined) return [`${reference}: order ${orderId} was acknowledged and is not there`];
  if (order.orderId !== orderId || more.length > 0) return [`${reference} has the orders ${JSON.stringify(orders)}`];
  return linesDiffer(journey, order.lines);
}

type Lines = readonly { readonly sku: string; readonly quantity: number }[];

function linesDiffer({ reference, lines, unsure }: Journey, actual: Lines): string[] {
  const found = new Map(actual.map(({ sku, quantity }) => [sku, quantity]));
  const skus = new Set([...lines.keys(), ...unsure.keys(), ...found.keys()]);
  return [...skus].flatMap((sku) => {
    const least = lines.get(sku) ?? 0;
    const quantity = found.get(sku) ?? 0;
    if (quantity >= least && quantity <= least + (unsure.get(sku) ?? 0)) return [];
    return [`${reference} has ${quantity} of ${sku}, acknowledged were ${least}`];
  });
}

/** Sends acknowledged requests once more; answers those that are not answered as they were. */
export async function answeredOtherwise(shop: Shop, acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  const different: string[] = [];
  for (const { method, path, request, reply } of acknowledged) {
    const again = await shop.http.call(method, path, request);
    if (again.status !== reply.status || again.text !== reply.text) {
      different.push(`${method} ${path} answered ${reply.status} ${reply.text}, now ${again.status} ${again.text}`);
    }
  }
  return different;
}
