import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { agoText, momentText, moneyText } from '../../../shared/format/index.js';
import { Alert, Status } from '../../../shared/ui/index.js';
import { api } from '../engine.js';

type Order = Schema<'Order'>;
type Attention = Schema<'OrderAttention'>;

const MOST = 100;

const useAttention = () =>
  useQuery({
    queryKey: ['orders', 'attention'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/orders', { params: { query: { attention: true, limit: MOST } }, signal });
      return data;
    },
  });

/** The first page: the orders that wait for a person, with why and since when. */
export default function AttentionPage() {
  const { data, error } = useAttention();
  return (
    <>
      <h1>Needs attention</h1>
      <Alert error={error} />
      {data === undefined ? null : data.items.length === 0 ? (
        <p className="empty good">
          No order needs a person. <Link href="/orders">See all orders</Link>
        </p>
      ) : (
        <ul className="cards">
          {data.items.map((order) => (
            <Waiting key={order.orderId} order={order} />
          ))}
        </ul>
      )}
      {(data?.nextCursor ?? null) === null ? null : (
        <p className="soft">These are the newest {MOST}; there are more.</p>
      )}
    </>
  );
}

function Waiting({ order }: { readonly order: Order }) {
  return (
    <li className="card waiting">
      <div className="waiting-head">
        <Link href={`/orders/${order.orderId}`} className="mono">
          {order.orderNumber}
        </Link>
        <Status value={order.status} />
        <span className="push">{moneyText(order.totals.total)}</span>
      </div>
      <ul className="reasons">
        {(order.attention ?? []).map((attention) => (
          <Reason key={attention.reason + attention.since} attention={attention} orderId={order.orderId} />
        ))}
      </ul>
    </li>
  );
}

/** What support can do about each reason. */
const TO_DO: Readonly<Record<Attention['reason'], string>> = {
  'saga-stuck': 'See its process: have it tried again, or brought to its failing end.',
  'capture-failed': 'Have the payment tried again, or settle it with the buyer.',
  'refund-failed': 'Have the refund tried again, or give the money back otherwise.',
  'events-parked': 'An admin has the event tried again in the read model “orders”.',
  pending: 'See what its checkout waits for.',
};

function Reason({ attention, orderId }: { readonly attention: Attention; readonly orderId: string }) {
  const { reason, detail, since, code } = attention;
  return (
    <li>
      <strong>{reason.replaceAll('-', ' ')}</strong>{' '}
      <time className="soft" dateTime={since} title={momentText(since)}>
        {agoText(since, Date.now())}
      </time>{' '}
      {code === undefined ? null : <code>{code}</code>}
      <div>{detail}</div>
      <div className="soft">
        {TO_DO[reason]}{' '}
        <Link href={reason === 'events-parked' ? '/read-models/orders' : `/processes?q=${orderId}`}>
          {reason === 'events-parked' ? 'Read model' : 'Processes'}
        </Link>
      </div>
    </li>
  );
}
