import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import { paymentsReadModel } from '../../projections/payment/index.js';
import type { PaymentDocument } from '../../projections/payment/index.js';
import { foldPast, mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetPayment extends Query<PaymentDocument> {
  constructor(
    readonly paymentId: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetPayment)
export class GetPaymentHandler implements IQueryHandler<GetPayment> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /**
   * Where the read model is behind, what is shown is folded from the stream.
   * @throws ProblemError PAYMENT.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async execute({ paymentId, lateness }: GetPayment): Promise<PaymentDocument> {
    await this.parked.refuse('payments', paymentId);
    const found =
      lateness === 'behind'
        ? await foldPast<PaymentDocument>(paymentsReadModel, paymentId, this.log.read(streamOf('payment', paymentId)))
        : (await this.store.get<PaymentDocument>('payments', paymentId))?.doc;
    if (found === undefined && lateness === 'unknown') throw mayExist('payments');
    if (found === undefined || found === null) throw problem('PAYMENT.NOT_FOUND', 'There is no such payment.');
    return found;
  }
}
