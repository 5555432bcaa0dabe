import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { paymentsReadModel } from '../../projections/payment/index.js';
import type { PaymentDocument } from '../../projections/payment/index.js';
import { foldPast, nothingThen, readAsOf } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

export class GetPaymentAsOf extends Query<PaymentDocument> {
  constructor(
    readonly paymentId: string,
    readonly asOf: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetPaymentAsOf)
export class GetPaymentAsOfHandler implements IQueryHandler<GetPaymentAsOf> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError PAYMENT.NOT_FOUND, before money was asked for saying so */
  async execute({ paymentId, asOf }: GetPaymentAsOf): Promise<PaymentDocument> {
    const stream = streamOf('payment', paymentId);
    const events = readAsOf(this.log, stream, asOf);
    const payment = await foldPast<PaymentDocument>(paymentsReadModel, paymentId, events);
    if (payment === null) throw await nothingThen(this.log, stream, { code: 'PAYMENT.NOT_FOUND', what: 'payment' });
    return payment;
  }
}
