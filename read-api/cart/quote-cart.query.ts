import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { priceCart, shippingOffersFor } from '../../domain/pricing/index.js';
import type { Destination } from '../../domain/pricing/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { problem, refused } from '../../infra/http/index.js';
import { cartBasketModel } from '../../projections/cart/index.js';
import { readLive } from '../shared/index.js';
import { CartTermsReader } from './cart-terms.js';
import type { Quote } from './quote.js';

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
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly terms: CartTermsReader,
  ) {}

  /** @throws ProblemError CART.NOT_FOUND, CART.NOT_OPEN, and what a pricing is refused for */
  async execute({ cartId, destination, shippingMethod }: QuoteCart): Promise<Quote> {
    const nothing = { code: 'CART.NOT_FOUND', what: 'cart' } as const;
    const document = { id: cartId, asOf: undefined, nothing };
    const { status, lines, currency, customerId, promotionsOf } = await readLive(this.log, cartBasketModel, document);
    if (status !== 'open') throw problem('CART.NOT_OPEN', `The cart is ${status}.`);
    const { policy, promotions: inForce } = await this.terms.now(customerId);
    const promotions = promotionsOf(inForce);
    const terms = { policy, currency, promotions, ...(shippingMethod === undefined ? {} : { shippingMethod }) };
    const pricing = priceCart(lines, destination, terms);
    if (!pricing.accepted) throw refused(pricing.refusal);
    const { totals, shipping: shippingCost, promotions: given } = pricing;
    const shippingMethods = shippingOffersFor(lines, { currency, destination, policy });
    return { totals, discounts: given.promotions, shippingCost, shippingMethods };
  }
}
