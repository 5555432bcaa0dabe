import { Injectable } from '@nestjs/common';
import type { CheckOut } from '../../domain/cart/index.js';
import { Channels } from '../shared/channels.js';
import { PricingTerms } from '../shared/pricing-terms.js';
import { ProductFacts } from '../shared/product-facts.js';

/** What a checkout needs to know of its cart before it is decided. */
export interface CartFacts {
  readonly skus: readonly string[];
  readonly channel: string | undefined;
  readonly currency: string;
}

/** Where it goes, and the account whose order it becomes; undefined for a guest's. */
interface CheckoutDestination {
  readonly country: string;
  readonly customerId: string | undefined;
}

/** Gathers what other aggregates say about a checkout: products, the pricing policy, the promotions in force, customer and channel. */
@Injectable()
export class CheckoutFacts {
  constructor(
    private readonly products: ProductFacts,
    private readonly terms: PricingTerms,
    private readonly channels: Channels,
  ) {}

  /** @throws ProblemError 422 CHANNEL.NOT_SOLD where the channel of the cart does not sell to the country */
  async of(
    { skus, channel, currency }: CartFacts,
    { country, customerId }: CheckoutDestination,
  ): Promise<Pick<CheckOut, 'products' | 'pricing' | 'promotions'>> {
    await this.channels.require(channel, [{ path: 'shippingAddress.country', wanted: { currency, country } }]);
    const [products, pricing, promotions] = await Promise.all([
      this.products.ofAll(skus),
      this.terms.policy(),
      this.terms.promotions(() => Promise.resolve(customerId)),
    ]);
    return { products, pricing, promotions };
  }
}
