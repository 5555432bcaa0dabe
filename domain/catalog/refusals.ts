import { refuse, refuseInvalid } from '../shared/index.js';
import type { Problem, ProductKind, Refused } from '../shared/index.js';

export const unknownSku = (): Refused => refuse('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');

export const skuTaken = (sku?: string): Refused =>
  refuse('PRODUCT.SKU_TAKEN', `There is a product with ${sku === undefined ? 'this SKU' : `the SKU ${sku}`} already.`);

export const kindFixed = (kind: ProductKind): Refused =>
  refuse('PRODUCT.KIND_FIXED', `The product is of the kind ${kind}, which never changes: create another product.`, {
    kind,
  });

export const reservedCategory = (name: string): Refused =>
  refuse('PRODUCT.CATEGORY_RESERVED', `No category may be called ${name}: reports call so what has none.`);

export const invalidPrices = (problems: readonly Problem[]): Refused =>
  refuseInvalid('PRODUCT.INVALID_PRICES', 'The product cannot have these prices', problems);
