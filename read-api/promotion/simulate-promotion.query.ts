import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { PromotionTerms } from '../../domain/pricing/index.js';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { problem } from '../../infra/http/index.js';
import { Mutex } from '../../infra/shared/mutex.js';
import { promotionTermsLiveModel } from '../../projections/promotion/index.js';
import { readLive } from '../shared/index.js';
import { simulatePromotion } from './simulate-promotion.js';
import type { SimulatedOrders, Simulation } from './simulate-promotion.js';

export class SimulatePromotion extends Query<Simulation> {
  constructor(
    /** The terms, or the id of a promotion that has them. */
    readonly promotion: PromotionTerms | string,
    readonly orders: SimulatedOrders,
  ) {
    super();
  }
}

/** What a request may take; the command of the same name takes any number of orders. */
export const MOST_ORDERS = 250_000;
const LONGEST_MS = 30_000;

@QueryHandler(SimulatePromotion)
export class SimulatePromotionHandler implements IQueryHandler<SimulatePromotion> {
  /** A simulation works as much as a thousand other reads: a process does one after the other. */
  private readonly simulations = new Mutex();

  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError PROMOTION.NOT_FOUND, PROMOTION.SIMULATION_TOO_LARGE, READ_MODEL.PARKED */
  async execute({ promotion, orders }: SimulatePromotion): Promise<Simulation> {
    const terms = typeof promotion === 'string' ? await this.termsOf(promotion) : promotion;
    return this.simulations.run(() => this.simulate(terms, orders));
  }

  private termsOf(id: string): Promise<PromotionTerms> {
    const nothing = { code: 'PROMOTION.NOT_FOUND', what: 'promotion' } as const;
    return readLive(this.log, promotionTermsLiveModel, { id, asOf: undefined, nothing });
  }

  private simulate(terms: PromotionTerms, orders: SimulatedOrders): Promise<Simulation> {
    const end = performance.now() + LONGEST_MS;
    const onRead = (_events: number, simulated: number): void => {
      if (simulated > MOST_ORDERS || performance.now() > end) throw tooLarge();
    };
    return simulatePromotion(terms, { log: this.log, orders, onRead });
  }
}

const tooLarge = () =>
  problem(
    'PROMOTION.SIMULATION_TOO_LARGE',
    `A request simulates at most ${MOST_ORDERS} orders, and ${LONGEST_MS / 1000} seconds: ask for a shorter time, or use ` +
      'the command what-if-promotion.',
  );
