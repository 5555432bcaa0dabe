import { Inject, Injectable } from '@nestjs/common';
import type { CartPromotions, CartTerms } from '../../domain/cart/index.js';
import { pricingPolicyAggregate, SHOP } from '../../domain/pricing-policy/index.js';
import type { PricingPolicy } from '../../domain/pricing/index.js';
import { PROMOTION_REGISTER, promotionRegisterAggregate } from '../../domain/promotion/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { asEvent, SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import { StreamFold } from '../shared/index.js';
import type { Happened } from '../shared/index.js';

/** By what carts are priced at a moment. */
export interface TermsThen {
  readonly promotions: CartPromotions;
  readonly policy: PricingPolicy;
}

export interface TermsNow extends TermsThen {
  /** Of the last event that changed them; null where none ever did. */
  readonly since: Position | null;
}

/** Folds by what carts are priced, by the folds that checkouts are decided by: a cart shows what its checkout will charge. */
@Injectable()
export class CartTermsReader {
  private readonly register;
  private readonly policy;

  constructor(@Inject(SEALED_EVENT_STORE) log: EventStore) {
    this.register = foldOf(log, promotionRegisterAggregate, PROMOTION_REGISTER);
    this.policy = foldOf(log, pricingPolicyAggregate, SHOP);
  }

  async now(): Promise<TermsNow> {
    const [register, policy] = await Promise.all([this.register.now(), this.policy.now()]);
    return { ...termsOf(register.state, policy.state), since: laterOf(register.position, policy.position) };
  }

  async pastBy(happened: Happened): Promise<TermsThen> {
    const [register, policy] = await Promise.all([this.register.pastBy(happened), this.policy.pastBy(happened)]);
    return termsOf(register, policy);
  }
}

const foldOf = <State, Command, Event extends DomainEvent>(
  log: EventStore,
  { category, decider }: Aggregate<State, Command, Event>,
  id: string,
): StreamFold<State> =>
  new StreamFold(log, {
    stream: streamOf(category, id),
    initialState: decider.initialState,
    evolve: (state, event) => decider.evolve(state, asEvent<Event>(event)),
  });

const termsOf = (
  { inForce }: Pick<CartPromotions, 'inForce'>,
  { policy }: { readonly policy: PricingPolicy },
): TermsThen => ({ promotions: { inForce, isFirstOrder: false }, policy });

const laterOf = (one: Position | null, other: Position | null): Position | null =>
  one === null || (other !== null && other > one) ? other : one;

export const cartTermsOf = ({ promotions, policy }: TermsThen): CartTerms => ({
  promotions,
  rounding: policy.rounding,
});
