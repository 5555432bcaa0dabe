import { useLocation } from 'wouter';
import { api } from '../engine.js';
import type { Saving } from '../form/index.js';
import { useShopZone } from '../shop-zone.js';
import { NO_PROMOTION, type Terms } from './promotion-draft.js';
import { PromotionForm } from './promotion-form.js';

const NOTHING = { draft: NO_PROMOTION, version: null };

async function create({ body, header }: Saving<Terms>): Promise<string> {
  const { data } = await api.POST('/v1/promotions', { params: { header }, body });
  return data?.promotionId ?? '';
}

/** Creates the draft of a promotion. */
export default function PromotionNewPage() {
  const [, go] = useLocation();
  const { data: zone } = useShopZone();
  if (zone === undefined) return <h1>A new promotion</h1>;
  return (
    <PromotionForm
      name="a new promotion"
      title="A new promotion"
      edited={NOTHING}
      zone={zone}
      save={create}
      confirm="Create the draft"
      consequence="A draft, which nobody gets before you activate it."
      back="/promotions"
      onSaved={(id) => go(`/promotions/${id}`)}
    />
  );
}
