import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { productPrices, variantAggregate } from '../../domain/catalog/index.js';
import type { ListTerms, SetPrices as SetPricesFields } from '../../domain/catalog/index.js';
import { listedProductsAggregate, listTerms, priceListAggregate } from '../../domain/price-list/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { Channels } from '../shared/channels.js';
import { contextBeside, type WriteAnswer, type WriteScope } from '../shared/write-scope.js';
import { ProductChanges } from './product-changes.js';
import { productAnswer } from './product.answers.js';
import { ChangeProduct, SetPrices } from './product.commands.js';

@CommandHandler(ChangeProduct)
export class ChangeProductHandler implements ICommandHandler<ChangeProduct> {
  constructor(private readonly changes: ProductChanges) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, PRODUCT.CATEGORY_RESERVED */
  execute({ scope, data }: ChangeProduct): Promise<WriteAnswer> {
    const currency = data.sold?.price?.currency;
    return this.changes.change(scope, { ...data, show: (then) => productAnswer(then, currency) });
  }
}

@CommandHandler(SetPrices)
export class SetPricesHandler implements ICommandHandler<SetPrices> {
  constructor(
    private readonly changes: ProductChanges,
    private readonly channels: Channels,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, PRODUCT.INVALID_PRICES */
  async execute({ scope, data: { sku, prices } }: SetPrices): Promise<WriteAnswer> {
    const channels = await this.channels.known(prices.flatMap(({ channel }) => channel ?? []));
    const lists = await this.followed(scope, sku, new Set(prices.flatMap(({ list }) => list ?? [])));
    const now = new Date().toISOString();
    const sold: SetPricesFields = { type: 'set-prices', prices, now, known: { channels, lists } };
    return this.changes.change(scope, { sku, sold, show: ({ variant }) => productPrices(variant) });
  }

  /**
   * Adds the SKU to the lists that it is going to name, before their terms are read: whatever changes afterwards is told to the
   * product.
   */
  private async followed(scope: WriteScope, sku: string, codes: ReadonlySet<string>): Promise<readonly ListTerms[]> {
    const lists: ListTerms[] = [];
    const isSold = await this.executor.query(variantAggregate, sku, ({ status }) => status === 'sold');
    for (const code of isSold ? codes : []) {
      const isList = await this.executor.query(priceListAggregate, code, ({ status }) => status === 'open');
      if (!isList) continue;
      const context = contextBeside(scope.context, `${listedProductsAggregate.category}-${code}`);
      const command = { type: 'add-products', code, skus: [sku] } as const;
      await this.executor.execute({
        aggregate: listedProductsAggregate,
        id: code,
        command,
        context,
        answer: () => null,
      });
      const terms = await this.executor.query(priceListAggregate, code, listTerms);
      if (terms !== null) lists.push(terms);
    }
    return lists;
  }
}
