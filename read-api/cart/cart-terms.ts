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
import type { FoldedStream, Happened } from '../shared/index.js';

/** By what carts are priced at a moment. */
export interface PricingThen {
  readonly promotions: CartPromotions;
  readonly policy: PricingPolicy;
  /** Of the last event that had changed them; null where none ever had. */
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

  async now(): Promise<PricingThen> {
    return pricingBy(...(await Promise.all([this.register.now(), this.policy.now()])));
  }

  async pastBy(happened: Happened): Promise<PricingThen> {
    return pricingBy(...(await Promise.all([this.register.pastBy(happened), this.policy.pastBy(happened)])));
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

const pricingBy = (
  { state: { inForce }, position }: FoldedStream<Pick<CartPromotions, 'inForce'>>,
  { state: { policy }, position: changed }: FoldedStream<{ readonly policy: PricingPolicy }>,
): PricingThen => ({
  promotions: { inForce, isFirstOrder: false },
  policy,
  since: position === null || (changed !== null && changed > position) ? changed : position,
});

export const cartTermsOf = ({ promotions, policy }: PricingThen): CartTerms => ({
  promotions,
  rounding: policy.rounding,
});
