import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { paymentLiveModel } from '../../projections/payment/index.js';
import { ExplainsResource, liveLife } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource } from '../shared/index.js';

/** Tells how a payment came about. */
@Injectable()
@ExplainsResource(['payments/{id}'])
export class PaymentExplained implements Explainable {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  life({ path: { id = '' }, asOf, shown }: ExplainedResource): Promise<DocumentLife> {
    const nothing = { code: 'PAYMENT.NOT_FOUND', what: 'payment' } as const;
    return Promise.resolve(liveLife(this.log, paymentLiveModel, { id, asOf, shown, nothing }));
  }
}
