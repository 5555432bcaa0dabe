import { variantAggregate } from '../../domain/catalog/index.js';
import { listedProductsAggregate, listTerms, priceListAggregate, productsFrom } from '../../domain/price-list/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { inParallel } from '../../infra/shared/in-parallel.js';
import { accepted, childContext, execute, refused, type Effect } from './aggregate-targets.js';
import type { TellProducts } from './commands.js';

/** So few that commands of requests need not wait for them. */
const AT_ONCE = 8;

/** What the saga is told behind the last page; nobody else hears it. */
const NO_MORE = { code: 'no-more-products', detail: 'Every product of the list has been told.' };

/**
 * Tells a page of a list's products its terms of now. A product that has them already records nothing, so that a page which is told
 * again does no harm.
 */
export function priceListFollowing(executor: CommandExecutor): Effect<TellProducts> {
  return async (code, { from }, context) => {
    const skus = await executor.query(listedProductsAggregate, code, (products) => productsFrom(products, from));
    const list = await executor.query(priceListAggregate, code, listTerms);
    if (skus.length === 0 || list === null) return refused(NO_MORE);
    await inParallel(skus, AT_ONCE, async (sku) => {
      await execute(executor, {
        aggregate: variantAggregate,
        id: sku,
        command: { type: 'follow-price-list', list },
        context: childContext(context, `follow:${sku}`, context.causationId),
        answer: () => null,
      });
    });
    return accepted(null);
  };
}
