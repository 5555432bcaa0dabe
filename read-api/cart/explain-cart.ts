import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { cartLiveModel } from '../../projections/cart/index.js';
import { ExplainsResource, liveLife, readLive } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource } from '../shared/index.js';
import { cartTermsOf, CartTermsReader } from './cart-terms.js';

const nothing = { code: 'CART.NOT_FOUND', what: 'cart' } as const;

/**
 * Tells how a cart came about. What it costs on the way is by the promotions that are in force at the moment that is asked for, as
 * its own events do not tell when others began or ended.
 */
@Injectable()
@ExplainsResource(['carts/{id}'])
export class CartExplained implements Explainable {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly terms: CartTermsReader,
  ) {}

  /** @throws ProblemError CART.NOT_FOUND, before it was opened saying so; 400 for a revision that is not there */
  async life({ path: { id = '' }, asOf, shown }: ExplainedResource): Promise<DocumentLife> {
    const { customerId } = await readLive(this.log, cartLiveModel, { id, asOf, nothing });
    const terms = cartTermsOf(await this.terms.ofCart(id, asOf, customerId));
    const { after, ...life } = liveLife(this.log, cartLiveModel, { id, asOf, shown, nothing });
    return { ...life, after: (event) => after(event)?.priced(terms) ?? null };
  }
}
