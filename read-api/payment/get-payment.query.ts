import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { paymentLiveModel } from '../../projections/payment/index.js';
import type { PaymentWithFacts } from '../../domain/payment/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

export class GetPayment extends Query<PaymentWithFacts> {
  constructor(
    readonly paymentId: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetPayment)
export class GetPaymentHandler implements IQueryHandler<GetPayment> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError PAYMENT.NOT_FOUND, before money was asked for saying so, READ_MODEL.PARKED */
  execute({ paymentId, asOf }: GetPayment): Promise<PaymentWithFacts> {
    const nothing = { code: 'PAYMENT.NOT_FOUND', what: 'payment' } as const;
    return readLive(this.log, paymentLiveModel, { id: paymentId, asOf, nothing });
  }
}
