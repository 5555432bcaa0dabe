import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder, problem } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { EventViews } from '../events/index.js';
import { readChainedOrder, verifyOrder } from './chained-order.js';
import type { OrderVerification } from './order-verification.js';

export class VerifyOrder extends Query<OrderVerification> {
  constructor(
    readonly orderId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(VerifyOrder)
export class VerifyOrderHandler implements IQueryHandler<VerifyOrder> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly views: EventViews,
  ) {}

  /** @throws ProblemError LOG.NOT_CHAINED, ORDER.NOT_FOUND */
  async execute({ orderId, principal }: VerifyOrder): Promise<OrderVerification> {
    const { chain } = this.log;
    if (chain === null) {
      throw problem('LOG.NOT_CHAINED', 'The event store of this engine keeps no hashes that cover what a reader sees.');
    }
    const streams = await readChainedOrder(chain, orderId);
    if (streams === null) throw hiddenOrder();
    const { faults, ...verified } = verifyOrder(streams);
    return {
      ...verified,
      faults: faults.map((fault) => ({ ...fault, stream: this.nameFor(principal, fault.stream) })),
    };
  }

  /** Who knows a cart's id may change and buy it, and analysts are not told. */
  private nameFor(principal: Principal, stream: string): string {
    return principal.role === 'analyst' ? this.views.of(principal).nameOf(stream) : stream;
  }
}
