import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText, timeText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import { Alert, Field, Status } from '../../../shared/ui/index.js';
import { ActionDialog, type Guard, type Target } from '../action/action-dialog.js';
import { api } from '../engine.js';
import { session } from '../session.js';
import { Coupons } from './coupons.js';
import { giftsOf } from './in-words.js';
import { Simulation } from './simulation.js';

type Promotion = Schema<'Promotion'> & { readonly used?: Schema<'UsedPromotion'>['used'] };

const usePromotion = (id: string) =>
  useQuery({
    queryKey: ['promotion', id],
    refetchInterval: 5_000,
    queryFn: async ({ signal }): Promise<Promotion | undefined> => {
      const { data } = await api.GET('/v1/promotions/{id}', { params: { path: { id } }, signal });
      return data;
    },
  });

async function simulated(id: string, body: Schema<'SimulationBody'>) {
  return (await api.POST('/v1/promotions/{id}/simulation', { params: { path: { id } }, body })).data;
}

/** A promotion: what it gives, to whom, what it has given, and what it would have given. */
export default function PromotionPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data: promotion, error } = usePromotion(id);
  const isAdmin = useStore(session)?.role === 'admin';
  if (promotion === undefined) {
    return (
      <>
        <h1>Promotion</h1>
        <Alert error={error} />
      </>
    );
  }
  return (
    <>
      <header className="order-head">
        <div className="order-title">
          <h1>
            <bdi>
              <Field field="/name">{promotion.name}</Field>
            </bdi>
          </h1>
          <Field field="/status">
            <Status value={promotion.status} />
          </Field>
        </div>
        {promotion.description === undefined ? null : (
          <p className="soft">
            <Field field="/description">{promotion.description}</Field>
          </p>
        )}
        {isAdmin ? <Steps promotion={promotion} /> : null}
      </header>
      <div className="order-grid">
        <Facts promotion={promotion} />
        {isAdmin ? <Simulation simulate={(period) => simulated(id, period)} /> : null}
        {promotion.trigger === 'coupon' ? <Coupons promotionId={id} isAdmin={isAdmin} /> : null}
      </div>
    </>
  );
}

const Facts = ({ promotion }: { readonly promotion: Promotion }) => (
  <section className="card" aria-labelledby="gives">
    <h2 id="gives">What it gives</h2>
    <p>
      {giftsOf(promotion)}, {promotion.trigger === 'coupon' ? 'with a coupon' : 'by itself'}.
    </p>
    {promotion.from === undefined && promotion.to === undefined ? null : (
      <p className="soft">
        {promotion.from === undefined ? '' : `From ${timeText(promotion.from)} `}
        {promotion.to === undefined ? '' : `until ${timeText(promotion.to)}`}
      </p>
    )}
    {promotion.used === undefined ? null : (
      <p>
        Given so far: {promotion.used.amount.map(moneyText).join(', ') || 'nothing'}, in {promotion.used.orders}{' '}
        {promotion.used.orders === 1 ? 'order' : 'orders'}.
      </p>
    )}
    <details className="details">
      <summary className="soft small">As it is recorded</summary>
      <pre tabIndex={0}>
        {JSON.stringify({ when: promotion.when, then: promotion.then, limits: promotion.limits }, null, 2)}
      </pre>
    </details>
  </section>
);

const targetOf = ({ promotionId, version }: Promotion): Target => ({
  version,
  queryKey: ['promotion', promotionId],
  changesSince: async (since) => {
    const { data } = await api.GET('/v1/promotions/{id}', { params: { path: { id: promotionId } } });
    return { titles: [`It is ${data?.status ?? 'gone'} now.`], version: data?.version ?? since };
  },
});

/** The steps that a promotion can take from where it is. */
function Steps({ promotion }: { readonly promotion: Promotion }) {
  const { status, promotionId: id } = promotion;
  const target = targetOf(promotion);
  const params = (header: Guard) => ({ params: { path: { id }, header } });
  return (
    <div className="actions" role="group" aria-label="Actions">
      {status === 'ended' ? null : (
        <Link href={`/promotions/${id}/edit`} className="button">
          Edit
        </Link>
      )}
      {status === 'draft' || status === 'paused' ? (
        <ActionDialog
          target={target}
          label="Activate"
          title={`Activate ${promotion.name}`}
          confirm="Activate it"
          act={(header) => api.POST('/v1/promotions/{id}/activation', params(header))}
        >
          <p>Carts that fit get it from now on: {giftsOf(promotion)}.</p>
        </ActionDialog>
      ) : null}
      {status === 'active' ? (
        <ActionDialog
          target={target}
          label="Pause"
          title={`Pause ${promotion.name}`}
          confirm="Pause it"
          act={(header) => api.POST('/v1/promotions/{id}/pause', params(header))}
        >
          <p>Carts get it no more until it is activated again. Orders that have it keep it.</p>
        </ActionDialog>
      ) : null}
      {status === 'ended' ? null : (
        <ActionDialog
          target={target}
          label="End"
          title={`End ${promotion.name}`}
          confirm="End it for good"
          act={(header) => api.POST('/v1/promotions/{id}/end', params(header))}
          isDangerous
        >
          <p>It is over for good and cannot be activated again. Orders that have it keep it.</p>
        </ActionDialog>
      )}
    </div>
  );
}
