import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PriceRow, SetPrices as SetPricesFields } from '../../domain/catalog/index.js';
import { productPrices } from '../../domain/catalog/index.js';
import { channelAggregate, channelOf } from '../../domain/channel/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
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
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, PRODUCT.INVALID_PRICES */
  async execute({ scope, data: { sku, prices } }: SetPrices): Promise<WriteAnswer> {
    const now = new Date().toISOString();
    const sold: SetPricesFields = { type: 'set-prices', prices, now, known: await this.known(prices) };
    return this.changes.change(scope, { sku, sold, show: ({ variant }) => productPrices(variant) });
  }

  /** Looks up what rows name in its own streams. A channel that there is stays. */
  private async known(prices: readonly PriceRow[]): Promise<SetPricesFields['known']> {
    const codes = new Set(prices.flatMap(({ channel }) => channel ?? []));
    const channels = new Set<string>();
    for (const code of codes) {
      const channel = await this.executor.query(channelAggregate, code, (state) => channelOf(code, state));
      if (channel !== null) channels.add(code);
    }
    return { channels, lists: new Set() };
  }
}
