import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { cartJourneysReadModel, journeyOfOrder } from '../../projections/cart-journeys/index.js';
import type { CartJourney, OrderJourney } from '../../projections/cart-journeys/index.js';
import { quarterOf } from '../../projections/sales/index.js';
import { isWithin } from '../shared/index.js';
import type { ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';

const MINUTE = 'YYYY-MM-DDTHH:MM';
/** How many carts are looked at before their orders are. */
const AT_ONCE = 500;

/** The carts that were opened in the span, each with the quarter of an hour in which it was. */
export async function* cartsIn(
  store: ReadModelStore,
  { span, currency, channel }: ReportSelection,
): AsyncGenerator<CartJourney & { readonly at: string }> {
  const { name: collection } = cartJourneysReadModel;
  const scan = { collection, index: 'by-opening', range: rangeOf(span, MINUTE.length + 1), keyOf: openingOf };
  for await (const { doc } of documentsIn<CartJourney>(store, scan)) {
    const at = quarterOf(doc.opened);
    const isOther = (currency ?? doc.currency) !== doc.currency || (channel ?? doc.channel) !== doc.channel;
    if (!isOther && isWithin(span, at)) yield { ...doc, at };
  }
}

const openingOf = ({ opened }: CartJourney) => [opened];

/** The same with how far the order of each has come that was paid; null where none was. */
export async function* cartsWithOrders(
  store: ReadModelStore,
  selection: ReportSelection,
): AsyncGenerator<{ readonly cart: CartJourney & { readonly at: string }; readonly order: OrderJourney | null }> {
  let carts: (CartJourney & { readonly at: string })[] = [];
  for await (const cart of cartsIn(store, selection)) {
    carts.push(cart);
    if (carts.length < AT_ONCE) continue;
    yield* withOrders(store, carts);
    carts = [];
  }
  yield* withOrders(store, carts);
}

async function* withOrders<Cart extends CartJourney>(store: ReadModelStore, carts: readonly Cart[]) {
  const ids = carts.flatMap(({ orders = [] }) => orders.map(journeyOfOrder));
  const found = await store.getMany<OrderJourney>(cartJourneysReadModel.name, ids);
  for (const cart of carts) {
    const orders = (cart.orders ?? []).map((id) => found.get(journeyOfOrder(id))?.doc);
    yield { cart, order: orders.find((order) => order?.paid !== undefined) ?? null };
  }
}
