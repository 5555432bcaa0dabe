import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cartAggregate, type CartCommand, type CartState } from '../../domain/cart/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { Channels, type Asked } from '../shared/channels.js';
import { PricingTerms } from '../shared/pricing-terms.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { ProductFacts } from '../shared/product-facts.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { cartAnswer } from './cart.answers.js';
import { AddCartItem, ChangeCartItem, OpenCart, RemoveCartItem } from './cart.commands.js';

@CommandHandler(OpenCart)
export class OpenCartHandler implements ICommandHandler<OpenCart> {
  constructor(
    private readonly channels: Channels,
    private readonly terms: PricingTerms,
  ) {}

  /** @throws ProblemError CHANNEL.NOT_FOUND, CHANNEL.NOT_SOLD */
  async execute({ scope, data }: OpenCart): Promise<WriteAnswer> {
    const { channel, currency, country } = data;
    const asked: Asked[] = [{ path: 'currency', wanted: { currency } }];
    if (country !== undefined) asked.push({ path: 'country', wanted: { currency, country } });
    await this.channels.require(channel, asked);
    const cartId = scope.newId('cart');
    const answer = await scope.answer(201, {
      aggregate: cartAggregate,
      id: cartId,
      command: { type: 'open-cart', cartId, ...data },
      creates: true,
      answer: cartAnswer(await this.terms.ofCart(() => Promise.resolve(data.customerId))),
    });
    return { ...answer, location: `/v1/carts/${cartId}` };
  }
}

/** Changes carts, and answers them as they are priced now. */
@Injectable()
export class CartChanges {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly terms: PricingTerms,
  ) {}

  async change(scope: WriteScope, id: string, command: CartCommand): Promise<WriteAnswer> {
    const answer = cartAnswer(await this.terms.ofCart(() => this.executor.query(cartAggregate, id, customerOf)));
    return scope.answer(200, { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', command, answer });
  }
}

const customerOf = (cart: CartState): string | undefined => (cart.status === 'none' ? undefined : cart.customerId);

@CommandHandler(AddCartItem)
export class AddCartItemHandler implements ICommandHandler<AddCartItem> {
  constructor(
    private readonly products: ProductFacts,
    private readonly carts: CartChanges,
  ) {}

  async execute({ scope, data: { cartId, sku, quantity } }: AddCartItem): Promise<WriteAnswer> {
    const product = await this.products.of(sku);
    return this.carts.change(scope, cartId, { type: 'add-item', product, quantity });
  }
}

@CommandHandler(ChangeCartItem)
export class ChangeCartItemHandler implements ICommandHandler<ChangeCartItem> {
  constructor(
    private readonly products: ProductFacts,
    private readonly carts: CartChanges,
  ) {}

  async execute({ scope, data: { cartId, sku, quantity } }: ChangeCartItem): Promise<WriteAnswer> {
    const product = await this.products.find(sku);
    const command = { type: 'change-item-quantity', sku, quantity } as const;
    return this.carts.change(scope, cartId, product === null ? command : { ...command, product });
  }
}

@CommandHandler(RemoveCartItem)
export class RemoveCartItemHandler implements ICommandHandler<RemoveCartItem> {
  constructor(private readonly carts: CartChanges) {}

  execute({ scope, data: { cartId, sku } }: RemoveCartItem): Promise<WriteAnswer> {
    return this.carts.change(scope, cartId, { type: 'remove-item', sku });
  }
}
