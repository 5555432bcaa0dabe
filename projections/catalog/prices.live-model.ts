import { productPrices, variantDecider } from '../../domain/catalog/index.js';
import type { ProductPrices, SoldVariant, VariantEvent } from '../../domain/catalog/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

type VariantState = SoldVariant | { readonly status: 'none' };

/** Id: the SKU. By the fold that decides about prices. */
export const pricesLiveModel = liveModel<VariantState, VariantEvent, ProductPrices>({
  name: 'prices',
  category: 'variant',
  initialState: variantDecider.initialState,
  evolve: variantDecider.evolve,
  show: (state) => (state.status === 'none' ? null : productPrices(state)),
});
