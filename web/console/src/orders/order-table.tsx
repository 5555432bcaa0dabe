import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { momentText, moneyText, timeText } from '../../../shared/format/index.js';
import { Status, Table, type Column } from '../../../shared/ui/index.js';

type Order = Schema<'Order'>;

const units = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const columns: Column<Order>[] = [
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

/** Orders as rows that lead to their pages. */
export const OrderTable = ({ caption, orders }: { readonly caption: string; readonly orders: Order[] }) => (
  <Table caption={caption} columns={columns} rows={orders} rowId={({ orderId }) => orderId} />
);
