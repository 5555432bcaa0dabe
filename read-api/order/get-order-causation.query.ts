import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { causationOf } from './causes.js';
import type { OrderCausation } from './order-causation.js';
import { namesIn } from './event-summaries.js';
import { OrderEventsReader } from './order-events.js';
import { OrderSagasReader } from './order-sagas.js';

/** Asks what led to what in the life of an order. */
export class GetOrderCausation extends Query<OrderCausation> {
  constructor(readonly orderId: string) {
    super();
  }
}

@QueryHandler(GetOrderCausation)
export class GetOrderCausationHandler implements IQueryHandler<GetOrderCausation> {
  constructor(
    private readonly events: OrderEventsReader,
    private readonly sagas: OrderSagasReader,
  ) {}

  /** @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ orderId }: GetOrderCausation): Promise<OrderCausation> {
    const history = await this.events.read(orderId);
    const sagas = await this.sagas.read(orderId);
    return causationOf({ events: history.events, sagas, names: namesIn(history) });
  }
}
