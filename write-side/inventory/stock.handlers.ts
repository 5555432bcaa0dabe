import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { inventoryAggregate, stockView, type InventoryCommand } from '../../domain/inventory/index.js';
import { isGiftCard } from '../../domain/shared/index.js';
import { problem } from '../../infra/http/index.js';
import { ProductFacts } from '../shared/product-facts.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { AdjustStock, ReceiveStock } from './stock.commands.js';

@CommandHandler(ReceiveStock)
export class ReceiveStockHandler implements ICommandHandler<ReceiveStock> {
  constructor(private readonly products: ProductFacts) {}

  async execute({ scope, data }: ReceiveStock): Promise<WriteAnswer> {
    refuseUnstocked(await this.products.of(data.sku));
    return move(scope, { type: 'receive-stock', ...data });
  }
}

@CommandHandler(AdjustStock)
export class AdjustStockHandler implements ICommandHandler<AdjustStock> {
  constructor(private readonly products: ProductFacts) {}

  async execute({ scope, data }: AdjustStock): Promise<WriteAnswer> {
    refuseUnstocked(await this.products.of(data.sku));
    return move(scope, { type: 'adjust-stock', ...data });
  }
}

/** @throws ProblemError INVENTORY.NOT_STOCKED */
function refuseUnstocked(product: Parameters<typeof isGiftCard>[0]): void {
  if (isGiftCard(product))
    throw problem('INVENTORY.NOT_STOCKED', 'Gift cards have no stock: they are always available.');
}

function move(scope: WriteScope, command: InventoryCommand): Promise<WriteAnswer> {
  const { sku } = command;
  return scope.answer(200, {
    aggregate: inventoryAggregate,
    id: sku,
    command,
    answer: (state) => stockView(sku, state),
  });
}
