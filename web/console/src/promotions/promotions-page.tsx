import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';
import { session } from '../session.js';
import { giftsOf } from './in-words.js';

type Promotion = Schema<'UsedPromotion'>;

const columns: Column<Promotion>[] = [
  {
    id: 'name',
    header: 'Promotion',
    cell: ({ row: { original: promotion } }) => (
      <Link href={`/promotions/${promotion.promotionId}`}>
        <bdi>{promotion.name}</bdi>
      </Link>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ row: { original: promotion } }) => <Status value={promotion.status} /> },
  { id: 'gives', header: 'Gives', cell: ({ row: { original: promotion } }) => giftsOf(promotion) },
  {
    id: '#orders',
    header: 'Orders',
    cell: ({ row: { original: promotion } }) => promotion.used.orders,
  },
  {
    id: '#given',
    header: 'Given',
    cell: ({ row: { original: promotion } }) => promotion.used.amount.map(moneyText).join(', ') || '–',
  },
];

/** Promotions with what they have given so far. */
export default function PromotionsPage() {
  const isAdmin = useStore(session)?.role === 'admin';
  return (
    <>
      <div className="page-head">
        <h1>Promotions</h1>
        {isAdmin ? (
          <Link href="/promotions-new" className="button">
            New promotion
          </Link>
        ) : null}
      </div>
      <PagedList
        name="promotions"
        caption="Promotions"
        columns={columns}
        rowId={({ promotionId }) => promotionId}
        empty="There is no promotion."
        load={async (cursor, signal) => {
          const { data } = await api.GET('/v1/promotions', { params: { query: cursor }, signal });
          return data;
        }}
      />
    </>
  );
}
