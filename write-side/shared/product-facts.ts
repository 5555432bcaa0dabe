import { Inject, Injectable } from '@nestjs/common';
import type { ProductFacts as Facts } from '../../domain/cart/index.js';
import {
  productAggregate,
  rowsInForce,
  variantAggregate,
  type ListedProduct,
  type SoldVariant,
} from '../../domain/catalog/index.js';
import type { ChosenOption } from '../../domain/shared/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { COMMAND_EXECUTOR } from './index.js';

/** Looks up products for the commands of other contexts, in their own folded streams and never in a read model. */
@Injectable()
export class ProductFacts {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  /** @throws ProblemError 404 PRODUCT.UNKNOWN_SKU */
  async of(sku: string): Promise<Facts> {
    const facts = await this.find(sku);
    if (facts === null) throw problem('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');
    return facts;
  }

  /** Finds facts by SKU; SKUs that do not exist are left out. */
  async ofAll(skus: readonly string[]): Promise<ReadonlyMap<string, Facts>> {
    const found = new Map<string, Facts>();
    for (const facts of await Promise.all(skus.map((sku) => this.find(sku)))) {
      if (facts !== null) found.set(facts.sku, facts);
    }
    return found;
  }

  /** Null also where the SKU is claimed and its product is not created yet. */
  async find(sku: string): Promise<Facts | null> {
    const variant = await this.executor.query(variantAggregate, sku, (state) => state);
    if (variant.status === 'none') return null;
    const product = await this.executor.query(productAggregate, variant.productId, (state) => state);
    return product.status === 'none' ? null : factsOf(product, variant);
  }
}

/** The facts of a variant and its product that a cart records with an item. */
export function factsOf(product: ListedProduct, variant: SoldVariant): Facts {
  const { sku, taxClass, lists, kind } = variant;
  const { name, categories, brand } = product;
  const options = chosenOptions(product, variant);
  const attributes = shortAttributes({ ...product.attributes, ...variant.attributes });
  return {
    sku,
    name,
    ...(options.length > 0 && { options }),
    categories,
    ...(brand !== undefined && { brand }),
    ...(attributes !== null && { attributes }),
    ...(kind !== undefined && { kind }),
    taxClass,
    prices: rowsInForce(variant),
    ...(lists !== undefined && { lists }),
  };
}

/** A longer text is for people to read; no promotion is about it, and carts need not record it. */
const LONGEST_SELECTABLE = 100;

function shortAttributes(all: ListedProduct['attributes']): ListedProduct['attributes'] | null {
  const short = Object.entries(all).filter(([, value]) => value.length <= LONGEST_SELECTABLE);
  return short.length === 0 ? null : Object.fromEntries(short);
}

/** Resolves the variant's option codes to names, in the order of the product. */
const chosenOptions = (
  { options = [] }: Pick<ListedProduct, 'options'>,
  { options: chosen = {} }: Pick<SoldVariant, 'options'>,
): readonly ChosenOption[] =>
  options.flatMap(({ code, name, values }) => {
    const value = values.find((each) => each.code === chosen[code]);
    return value === undefined ? [] : [{ code, name, value }];
  });
