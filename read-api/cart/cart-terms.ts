import { Inject, Injectable } from '@nestjs/common';
import { cartAggregate, someAskForFirstOrder } from '../../domain/cart/index.js';
import type { CartPromotions, CartTerms } from '../../domain/cart/index.js';
import { customerAggregate, isNew } from '../../domain/customer/index.js';
import { pricingPolicyAggregate, SHOP } from '../../domain/pricing-policy/index.js';
import type { PricingPolicy } from '../../domain/pricing/index.js';
import { PROMOTION_REGISTER, promotionRegisterAggregate } from '../../domain/promotion/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { asEvent, SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import { happenedBy, StreamFold } from '../shared/index.js';
import type { AsOf, FoldedStream } from '../shared/index.js';

/** By what carts are priced at a moment. */
export interface PricingThen {
  readonly promotions: CartPromotions;
  readonly policy: PricingPolicy;
  /** Of the last event that had changed them; null where none ever had. */
  readonly since: Position | null;
}

type Look = <State>(fold: StreamFold<State>) => Promise<FoldedStream<State>>;

/** Folds by what carts are priced, by the folds that checkouts are decided by: a cart shows what its checkout will charge. */
@Injectable()
export class CartTermsReader {
  private readonly register;
  private readonly policy;

  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {
    this.register = foldOf(log, promotionRegisterAggregate, PROMOTION_REGISTER);
    this.policy = foldOf(log, pricingPolicyAggregate, SHOP);
  }

  /** @param customerId the account that the cart belongs to; undefined for a guest's */
  now(customerId: string | undefined): Promise<PricingThen> {
    return this.pricing(customerId, (fold) => fold.now());
  }

  /** By what a cart was priced: a revision of it lasts until its next one, and so do the promotions of then and what the customer had bought. */
  async ofCart(cartId: string, asOf: AsOf | undefined, customerId: string | undefined): Promise<PricingThen> {
    if (asOf === undefined) return this.now(customerId);
    const head = await this.log.head();
    const own: RecordedEvent[] = [];
    for await (const event of this.log.read(streamOf(cartAggregate.category, cartId))) own.push(event);
    const happened = happenedBy(asOf, { own, head });
    return this.pricing(customerId, (fold) => fold.pastBy(happened));
  }

  /** The customer's stream is read only where a promotion in force asks for a first order. */
  private async pricing(customerId: string | undefined, look: Look): Promise<PricingThen> {
    const [register, policy] = await Promise.all([look(this.register), look(this.policy)]);
    const { inForce } = register.state;
    const customer =
      customerId === undefined || !someAskForFirstOrder(inForce)
        ? null
        : await look(foldOf(this.log, customerAggregate, customerId));
    return {
      promotions: { inForce, isFirstOrder: customer !== null && isNew(customer.state) },
      policy: policy.state.policy,
      since: latest([register, policy, customer]),
    };
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

function latest(folded: readonly (Pick<FoldedStream<unknown>, 'position'> | null)[]): Position | null {
  let last: Position | null = null;
  for (const stream of folded) {
    const position = stream?.position ?? null;
    if (position !== null && (last === null || position > last)) last = position;
  }
  return last;
}

export const cartTermsOf = ({ promotions, policy }: PricingThen): CartTerms => ({
  promotions,
  rounding: policy.rounding,
});
