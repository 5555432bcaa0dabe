import type { StoredCart } from '../../projections/cart/index.js';
import type { FindIdleCarts } from '../../sagas/index.js';
import type { ReadStore } from '../read-store/index.js';

/** Open carts by their last change, out of the read model. */
export const idleCartsIn =
  (store: ReadStore): FindIdleCarts =>
  async ({ before, after, limit }) => {
    const found = await store.find<StoredCart>('carts', {
      index: 'by-last-change',
      range: { lt: before },
      limit,
      ...(after === null ? {} : { after: [after.lastChange, after.cartId] }),
    });
    return found.map(({ doc: { cartId, version, lastChange = before } }) => ({
      cartId,
      revision: version,
      lastChange,
    }));
  };
