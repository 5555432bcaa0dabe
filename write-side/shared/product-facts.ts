import { Inject, Injectable } from '@nestjs/common';
import { productAggregate, soldItem, variantAggregate } from '../../domain/catalog/index.js';
import type { ProductFacts as Facts } from '../../domain/cart/index.js';
import { problem } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from './index.js';

/** What other aggregates build on: products as their own folded streams have them, never as a read model does. */
@Injectable()
export class ProductFacts {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  /** @throws ProblemError 404 PRODUCT.UNKNOWN_SKU */
  async of(sku: string): Promise<Facts> {
    const facts = await this.find(sku);
    if (facts === null) throw problem('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');
    return facts;
  }

  /** By SKU; the ones that do not exist are left out. */
  async ofAll(skus: readonly string[]): Promise<ReadonlyMap<string, Facts>> {
    const found = new Map<string, Facts>();
    for (const facts of await Promise.all(skus.map((sku) => this.find(sku)))) {
      if (facts !== null) found.set(facts.sku, facts);
    }
    return found;
  }

  /** Null also where the SKU is taken and its product is not there yet. */
  private async find(sku: string): Promise<Facts | null> {
    const variant = await this.executor.query(variantAggregate, sku, (state) => state);
    if (variant.status === 'none') return null;
    const product = await this.executor.query(productAggregate, variant.productId, (state) => state);
    return product.status === 'none' ? null : soldItem(product, variant);
  }
}
