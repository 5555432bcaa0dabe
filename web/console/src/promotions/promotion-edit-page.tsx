import { useLocation, useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import { EditPage, patchOf, type Edited, type Saving } from '../form/index.js';
import { useShopZone } from '../shop-zone.js';
import { promotionDraft, type PromotionDraft, type Terms } from './promotion-draft.js';
import { PromotionForm } from './promotion-form.js';

interface Asked {
  readonly id: string;
  readonly zone: string;
  readonly signal?: AbortSignal | undefined;
}

async function editedPromotion({ id, zone, signal }: Asked): Promise<Edited<PromotionDraft>> {
  const { data } = await api.GET('/v1/promotions/{id}', { params: { path: { id } }, signal: signal ?? null });
  if (data === undefined) throw new Error('There is no such promotion.');
  return { draft: promotionDraft(data, zone), version: data.version };
}

/** Changes what a promotion gives, when and to whom. */
export default function PromotionEditPage() {
  const { id = '' } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const { data: zone } = useShopZone();
  const title = 'Edit the promotion';
  if (zone === undefined) return <h1>{title}</h1>;
  const back = `/promotions/${id}`;
  const load = (signal?: AbortSignal) => editedPromotion({ id, zone, signal });
  const save = async ({ body, before, header }: Saving<Terms>) => {
    const changes = patchOf(before, body) as Schema<'PromotionChanges'>;
    await api.PATCH('/v1/promotions/{id}', { params: { path: { id }, header }, body: changes });
    return id;
  };
  return (
    <EditPage title={title} queryKey={['promotion', id]} load={load}>
      {(edited) => (
        <PromotionForm
          name={`promotion ${id}`}
          title={`Edit ${edited.draft.name}`}
          edited={edited}
          zone={zone}
          save={save}
          reload={load}
          confirm="Save"
          consequence="Where it is active the next checkout goes by it, also of open carts. Orders keep what they were given."
          back={back}
          onSaved={() => go(back)}
        />
      )}
    </EditPage>
  );
}
