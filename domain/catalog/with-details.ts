import type { ProductDetails, ProductDetailsChanged } from './events.js';

/** The details after a change; a member that is null in the event is taken away. For read models as well. */
export const withDetails = <Product extends ProductDetails>(
  product: Product,
  change: ProductDetailsChanged['data'],
): Product => {
  const { sku: _, description, brand, ...others } = change;
  const changed: Product & { description?: string; brand?: string } = { ...product, ...others };
  if (description === null) delete changed.description;
  else if (description !== undefined) changed.description = description;
  if (brand === null) delete changed.brand;
  else if (brand !== undefined) changed.brand = brand;
  return changed;
};
