import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { ActionDialog, type Guard, type Target } from '../action/action-dialog.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';

type Coupon = Schema<'Coupon'>;

const columns: Column<Coupon>[] = [
  { id: 'code', header: 'Code', cell: ({ row: { original: coupon } }) => <span className="mono">{coupon.code}</span> },
  { id: 'status', header: 'Status', cell: ({ row: { original: coupon } }) => <Status value={coupon.status} /> },
  { id: '#used', header: 'Used', cell: ({ row: { original: coupon } }) => `${coupon.used} of ${coupon.uses}` },
];

const withActions: Column<Coupon>[] = [
  ...columns,
  { id: '#actions', header: 'Actions', cell: ({ row: { original: coupon } }) => <Withdraw coupon={coupon} /> },
];

interface CouponsProps {
  readonly promotionId: string;
  /** Whether codes can be issued and withdrawn. */
  readonly isAdmin: boolean;
}

/** The codes of a promotion. */
export const Coupons = ({ promotionId, isAdmin }: CouponsProps) => (
  <section className="card" aria-labelledby="coupons">
    <div className="page-head">
      <h2 id="coupons">Coupons</h2>
      {isAdmin ? (
        <Link href={`/promotions/${promotionId}/coupons-new`} className="button">
          Issue coupons
        </Link>
      ) : null}
    </div>
    <PagedList
      name={`coupons ${promotionId}`}
      caption="Coupons"
      columns={isAdmin ? withActions : columns}
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

/** A coupon shows no revision: withdrawing it is right whatever became of it. */
const target: Target = { version: 0, queryKey: ['list'], changesSince: async () => ({ titles: [], version: 0 }) };

function Withdraw({ coupon: { code, status, used } }: { readonly coupon: Coupon }) {
  if (status !== 'active') return null;
  const withdraw = ({ 'Idempotency-Key': key }: Guard) =>
    api.POST('/v1/coupons/{code}/deactivation', {
      params: { path: { code }, header: { 'Idempotency-Key': key } },
    });
  return (
    <ActionDialog
      target={target}
      label="Withdraw"
      title={`Withdraw ${code}`}
      confirm="Withdraw it"
      act={withdraw}
      isDangerous
    >
      <p>
        Nobody can use it any more, and it cannot be brought back.{' '}
        {used === 0 ? 'No order has used it.' : `The orders that have used it (${used}) keep it.`}
      </p>
    </ActionDialog>
  );
}
