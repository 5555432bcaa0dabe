import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { problem } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { PaymentDocument } from '../../projections/payment/index.js';
import { ParkedDocuments } from '../shared/index.js';

export class GetPayment extends Query<PaymentDocument> {
  constructor(readonly paymentId: string) {
    super();
  }
}

@QueryHandler(GetPayment)
export class GetPaymentHandler implements IQueryHandler<GetPayment> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError PAYMENT.NOT_FOUND, READ_MODEL.PARKED */
  async execute({ paymentId }: GetPayment): Promise<PaymentDocument> {
    await this.parked.refuse('payments', paymentId);
    const found = await this.store.get<PaymentDocument>('payments', paymentId);
    if (found === undefined) throw problem('PAYMENT.NOT_FOUND', 'There is no such payment.');
    return found.doc;
  }
}
