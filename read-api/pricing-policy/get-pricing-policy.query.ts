import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { SHOP } from '../../domain/pricing-policy/index.js';
import type { PricingPolicyInForce } from '../../domain/pricing-policy/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { pricingPolicyLiveModel } from '../../projections/pricing-policy/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

/** Reads the pricing policy, in force now or at a moment. */
export class GetPricingPolicy extends Query<PricingPolicyInForce> {
  constructor(readonly asOf?: AsOf) {
    super();
  }
}

@QueryHandler(GetPricingPolicy)
export class GetPricingPolicyHandler implements IQueryHandler<GetPricingPolicy> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  execute({ asOf }: GetPricingPolicy): Promise<PricingPolicyInForce> {
    return readLive(this.log, pricingPolicyLiveModel, { id: SHOP, asOf, nothing: null });
  }
}
