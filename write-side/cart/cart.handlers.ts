import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cartAggregate, type CartCommand } from '../../domain/cart/index.js';
import { ProductFacts } from '../shared/product-facts.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { cartAnswer } from './cart.answers.js';
import { AddCartItem, ChangeCartItem, OpenCart, RemoveCartItem } from './cart.commands.js';

@CommandHandler(OpenCart)
export class OpenCartHandler implements ICommandHandler<OpenCart> {
  async execute({ scope, data }: OpenCart): Promise<WriteAnswer> {
    const cartId = scope.newId('cart');
    const answer = await scope.answer(201, {
      aggregate: cartAggregate,
      id: cartId,
      command: { type: 'open-cart', cartId, ...data },
      creates: true,
      answer: cartAnswer,
    });
    return { ...answer, location: `/v1/carts/${cartId}` };
  }
}

@CommandHandler(AddCartItem)
export class AddCartItemHandler implements ICommandHandler<AddCartItem> {
  constructor(private readonly products: ProductFacts) {}

  async execute({ scope, data: { cartId, sku, quantity } }: AddCartItem): Promise<WriteAnswer> {
    const product = await this.products.of(sku);
    return change(scope, cartId, { type: 'add-item', product, quantity });
  }
}

@CommandHandler(ChangeCartItem)
export class ChangeCartItemHandler implements ICommandHandler<ChangeCartItem> {
  execute({ scope, data: { cartId, sku, quantity } }: ChangeCartItem): Promise<WriteAnswer> {
    return change(scope, cartId, { type: 'change-item-quantity', sku, quantity });
  }
}

@CommandHandler(RemoveCartItem)
export class RemoveCartItemHandler implements ICommandHandler<RemoveCartItem> {
  execute({ scope, data: { cartId, sku } }: RemoveCartItem): Promise<WriteAnswer> {
    return change(scope, cartId, { type: 'remove-item', sku });
  }
}

const change = (scope: WriteScope, id: string, command: CartCommand): Promise<WriteAnswer> =>
  scope.answer(200, { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', command, answer: cartAnswer });
