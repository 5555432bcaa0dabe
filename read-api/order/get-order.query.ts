import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { hiddenOrder, isStaff, mayTouchOrder } from '../../infra/http/index.js';
import type { OrderCredential } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { buyersOrderView, presentOrderView } from '../../projections/order/index.js';
import type { OrderView } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetOrder extends Query<OrderView> {
  constructor(
    readonly orderId: string,
    readonly credential: OrderCredential,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetOrder)
export class GetOrderHandler implements IQueryHandler<GetOrder> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
    private readonly parked: ParkedDocuments,
  ) {}

  /**
   * @throws ProblemError READ_MODEL.PARKED, READ_MODEL.BEHIND; ORDER.NOT_FOUND, also for an order that the credential does not open: it must
   * not tell that there is one
   */
  async execute({ orderId, credential, lateness }: GetOrder): Promise<OrderView> {
    const found = await this.store.get<OrderDocument>('orders', orderId);
    if (lateness === 'unknown' && found === undefined) throw mayExist('orders');
    if (!mayTouchOrder(credential, found?.doc ?? { orderId }, this.config.serverSecret)) throw hiddenOrder();
    await this.parked.refuse('orders', orderId);
    if (found === undefined) throw hiddenOrder();
    return isStaff(credential) ? presentOrderView(found.doc, Date.now()) : buyersOrderView(found.doc);
  }
}
