import { Inject } from '@nestjs/common';
import { Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { priceCart, shippingMethodsFor } from '../../domain/pricing/index.js';
import type { Destination, PricingPolicy } from '../../domain/pricing/index.js';
import { PRICING_POLICY } from '../../infra/config/index.js';
import { problem, refused } from '../../infra/http/index.js';
import type { Quote } from './quote.js';
import { GetCart } from './get-cart.query.js';

/** What a cart would cost there; without a method: by the first on offer. */
export class QuoteCart extends Query<Quote> {
  constructor(
    readonly cartId: string,
    readonly destination: Destination,
    readonly shippingMethod: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(QuoteCart)
export class QuoteCartHandler implements IQueryHandler<QuoteCart> {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PRICING_POLICY) private readonly policy: PricingPolicy,
  ) {}

  /** @throws ProblemError CART.NOT_FOUND, CART.NOT_OPEN, and what a pricing is refused for */
  async execute({ cartId, destination, shippingMethod }: QuoteCart): Promise<Quote> {
    const cart = await this.queries.execute(new GetCart(cartId));
    if (cart.status !== 'open') throw problem('CART.NOT_OPEN', `The cart is ${cart.status}.`);
    const { items, currency } = cart;
    const terms = { policy: this.policy, currency, ...(shippingMethod === undefined ? {} : { shippingMethod }) };
    const pricing = priceCart(items, destination, terms);
    if (!pricing.accepted) throw refused(pricing.refusal);
    const { totals, shipping: shippingCost } = pricing;
    const shippingMethods = shippingMethodsFor(totals.subtotal, destination, this.policy);
    return { totals, shippingCost, shippingMethods };
  }
}
