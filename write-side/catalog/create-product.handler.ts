import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { productAggregate, productDecider, variantAggregate } from '../../domain/catalog/index.js';
import { latest, type Position } from '../../infra/shared/position.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { ProblemError } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { joinedProduct } from './joined-product.js';
import { created, type NewProduct } from './product.answers.js';
import { CreateProduct } from './product.commands.js';

/**
 * Creates a product with its variant. The variant's stream claims the SKU, so the product is recorded in a joint append with it, or
 * after it where the store has none.
 */
@CommandHandler(CreateProduct)
export class CreateProductHandler implements ICommandHandler<CreateProduct> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError PRODUCT.SKU_TAKEN, PRODUCT.CATEGORY_RESERVED */
  async execute({ scope, data: { details, variant } }: CreateProduct): Promise<WriteAnswer> {
    const productId = scope.newId('product');
    const product: NewProduct = { type: 'create-product', productId, ...details, variants: [variant] };
    const decision = productDecider.decide(product, productDecider.initialState());
    const joined = joinedProduct(scope, { productId, decision, expectedRevision: 'no-stream' });
    try {
      const { position } = await scope.execute({
        aggregate: variantAggregate,
        id: variant.sku,
        creates: true,
        ...(joined && { joined }),
        command: { type: 'create-variant', productId, ...variant },
        answer: () => null,
      });
      return created(product, joined?.appended?.position ?? latest([position, await this.put(scope, product)]));
    } catch (error) {
      const isTaken = error instanceof ProblemError && error.code === 'PRODUCT.SKU_TAKEN';
      if (!isTaken || this.store.joint) throw error;
      return this.finish(scope, product, error);
    }
  }

  /**
   * Creates the product of a SKU that was claimed by a process which ended before it created the product. The variant then gets the
   * tax class and the prices of this request, and has its kind: that never changes.
   */
  private async finish(scope: WriteScope, product: NewProduct, taken: ProblemError): Promise<WriteAnswer> {
    const [{ sku, taxClass, kind, prices }] = product.variants;
    const claimed = await this.executor.query(variantAggregate, sku, (state) => state);
    if (claimed.status === 'none' || claimed.kind !== kind) throw taken;
    const { productId, status: _, ...variant } = claimed;
    const state = await this.executor.query(productAggregate, productId, ({ status }) => status);
    if (state === 'listed') throw taken;
    const claimedProduct: NewProduct = { ...product, productId, variants: [variant] };
    const position = await this.put(scope, claimedProduct);
    const changed = await scope.beside({
      aggregate: variantAggregate,
      id: sku,
      command: { type: 'change-variant', taxClass, prices },
    });
    return created(claimedProduct, latest([position, changed.position]));
  }

  private async put(scope: WriteScope, command: NewProduct): Promise<Position | null> {
    const id = command.productId;
    const { position } = await scope.beside({ aggregate: productAggregate, id, creates: true, command });
    return position;
  }
}
