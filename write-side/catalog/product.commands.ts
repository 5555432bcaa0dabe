import type {
  ChangeProduct as ChangeProductFields,
  ChangeVariant,
  PriceRow,
  ProductDetails,
  VariantFacts,
} from '../../domain/catalog/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export class CreateProduct extends RequestCommand<{
  readonly details: ProductDetails;
  readonly variant: VariantFacts;
}> {}

/** Changes what the variants of a product share, what is sold under the SKU, or both. */
export class ChangeProduct extends RequestCommand<{
  readonly sku: string;
  readonly details?: ChangeProductFields;
  readonly sold?: ChangeVariant;
}> {}

export class SetPrices extends RequestCommand<{
  readonly sku: string;
  /** Times in RFC 3339 UTC with milliseconds. */
  readonly prices: readonly PriceRow[];
}> {}
