import { useQuery } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText, timeText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { IssueAction } from './issue-action.js';
import { PagedList } from '../list/paged-list.js';
import { session } from '../session.js';
import { GiftCardActions } from './gift-card-actions.js';

type GiftCard = Schema<'GiftCardSummary'>;

const STATUSES = ['active', 'blocked', 'expired'] as const;

const columns: Column<GiftCard>[] = [
  {
    id: 'card',
    header: 'Card',
    cell: ({ row: { original: card } }) => <span className="mono small">{card.giftCardId}</span>,
  },
  { id: 'issued', header: 'Issued', cell: ({ row: { original: card } }) => timeText(card.issuedAt) },
  { id: 'status', header: 'Status', cell: ({ row: { original: card } }) => <Status value={card.status} /> },
  {
    id: 'for',
    header: 'For',
    cell: ({ row: { original: card } }) =>
      card.orderId === undefined ? (card.note ?? '–') : <Link href={`/orders/${card.orderId}`}>an order</Link>,
  },
  { id: '#worth', header: 'Worth', cell: ({ row: { original: card } }) => moneyText(card.issued) },
  { id: '#left', header: 'Left', cell: ({ row: { original: card } }) => moneyText(card.balance) },
];

const withActions: Column<GiftCard>[] = [
  ...columns,
  { id: '#actions', header: 'Actions', cell: ({ row: { original: card } }) => <GiftCardActions card={card} /> },
];

const useOwed = () =>
  useQuery({
    queryKey: ['list', 'gift cards owed'],
    queryFn: async ({ signal }) => (await api.GET('/v1/reports/gift-cards', { signal })).data,
  });

/** Gift cards with what is left on them. Their codes are kept nowhere. */
export default function GiftCardsPage() {
  const isAdmin = useStore(session)?.role === 'admin';
  const [status, setStatus] = useState<(typeof STATUSES)[number] | ''>('');
  return (
    <>
      <div className="page-head">
        <h1>Gift cards</h1>
        <label className="inline">
          <span>Status</span>
          <select
            className="input"
            value={status}
            onChange={(event) => setStatus(STATUSES.find((one) => one === event.currentTarget.value) ?? '')}
          >
            <option value="">any</option>
            {STATUSES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      {isAdmin ? <IssueAction /> : null}
      {isAdmin ? <Owed /> : null}
      <PagedList
        name={`gift cards ${status}`}
        caption="Gift cards"
        columns={isAdmin ? withActions : columns}
        rowId={({ giftCardId }) => giftCardId}
        empty="There is no such gift card."
        load={async (cursor, signal) => {
          const query = { ...cursor, limit: 25, ...(status === '' ? {} : { status }) };
          const { data } = await api.GET('/v1/gift-cards', { params: { query }, signal });
          return data;
        }}
      />
    </>
  );
}

/** What the shop owes to who holds cards. */
function Owed() {
  const { data } = useOwed();
  return (
    <>
      {(data?.items ?? []).map(({ currency, cards, outstanding, held }) => (
        <p key={currency} className="card facts">
          <span>
            <strong>{moneyText(outstanding)}</strong> is owed on {cards} {cards === 1 ? 'card' : 'cards'}
          </span>
          <span className="soft">{moneyText(held)} of it is held for orders</span>
        </p>
      ))}
    </>
  );
}
