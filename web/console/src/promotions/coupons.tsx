import type { Schema } from '../../../shared/api/index.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';

type Coupon = Schema<'Coupon'>;

const columns: Column<Coupon>[] = [
  { id: 'code', header: 'Code', cell: ({ row: { original: coupon } }) => <span className="mono">{coupon.code}</span> },
  { id: 'status', header: 'Status', cell: ({ row: { original: coupon } }) => <Status value={coupon.status} /> },
  { id: '#used', header: 'Used', cell: ({ row: { original: coupon } }) => `${coupon.used} of ${coupon.uses}` },
];

/** The codes of a promotion. */
export const Coupons = ({ promotionId }: { readonly promotionId: string }) => (
  <section className="card" aria-labelledby="coupons">
    <h2 id="coupons">Coupons</h2>
    <PagedList
      name={`coupons ${promotionId}`}
      caption="Coupons"
      columns={columns}
      rowId={({ code }) => code}
      empty="It has no code yet."
      load={async (cursor, signal) => {
        const params = { path: { id: promotionId }, query: { ...cursor, limit: 20 } };
        const { data } = await api.GET('/v1/promotions/{id}/coupons', { params, signal });
        return data;
      }}
    />
  </section>
);
