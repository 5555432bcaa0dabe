import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { momentText, moneyText, timeText } from '../../../shared/format/index.js';
import { Status, type Column } from '../../../shared/ui/index.js';

type Order = Schema<'Order'>;

const units = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** What a list shows of an order; its number leads to its page. */
export const orderColumns: Column<Order>[] = [
  {
    id: 'number',
    header: 'Order',
    cell: ({ row: { original: order } }) => (
      <Link href={`/orders/${order.orderId}`} className="mono">
        {order.orderNumber}
      </Link>
    ),
  },
  {
    id: 'placed',
    header: 'Placed',
    cell: ({ row: { original: order } }) => (
      <time dateTime={order.placedAt} title={momentText(order.placedAt)}>
        {timeText(order.placedAt)}
      </time>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ row: { original: order } }) => (
      <>
        <Status value={order.status} />
        {(order.attention ?? []).length > 0 ? <span className="status bad">needs a person</span> : null}
      </>
    ),
  },
  {
    id: 'buyer',
    header: 'Buyer',
    cell: ({ row: { original: order } }) => <bdi>{order.email ?? 'forgotten'}</bdi>,
  },
  { id: '#units', header: 'Units', cell: ({ row: { original: order } }) => units(order) },
  { id: '#total', header: 'Total', cell: ({ row: { original: order } }) => moneyText(order.totals.total) },
];
