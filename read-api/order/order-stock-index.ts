import { Inject, Injectable } from '@nestjs/common';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { OrderHistoryDocument } from '../../projections/order-history/index.js';
import { ParkedDocuments } from '../shared/index.js';

/** Which stock events concern an order: they are in the streams of its SKUs. */
@Injectable()
export class OrderStockIndex {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  async of(orderId: string): Promise<OrderHistoryDocument['stock']> {
    await this.parked.refuse('order-history', orderId);
    return (await this.store.get<OrderHistoryDocument>('order-history', orderId))?.doc.stock ?? {};
  }
}
