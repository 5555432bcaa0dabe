import type { Schema } from '../../../../shared/api/index.js';
import type { Target } from '../../action/action-dialog.js';
import { api } from '../../engine.js';
import type { Entry } from '../timeline.js';

/** An order as what a dialog acts upon. */
export const targetOf = (order: Schema<'Order'>): Target => ({
  version: order.version,
  queryKey: ['order', order.orderId],
  changesSince: async (version) => {
    const missed: Entry[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: 100, ...(typeof cursor === 'string' ? { cursor } : {}) };
      const { data } = await api.GET('/v1/orders/{id}/history', { params: { path: { id: order.orderId }, query } });
      const isMissed = ({ stream, revision }: Entry) => stream === `order-${order.orderId}` && revision > version;
      missed.push(...(data?.items ?? []).filter(isMissed));
      cursor = data?.nextCursor;
    } while (typeof cursor === 'string');
    return {
      titles: missed.map(({ summary }) => summary),
      version: missed.at(-1)?.revision ?? order.version,
    };
  },
});
