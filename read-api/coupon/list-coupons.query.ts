import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Coupon } from '../../domain/coupon/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { problem, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { couponView, type CouponDocument } from '../../projections/coupon/index.js';
import { inLog, ParkedDocuments, queryName, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';

const COUPONS = 'coupons';

/** A page of the coupons of a promotion, in an order that stays as it is: that of their ids. */
export class ListCoupons extends Query<Page<Coupon>> {
  constructor(
    readonly promotionId: string,
    readonly request: ListParams,
  ) {
    super();
  }
}

@QueryHandler(ListCoupons)
export class ListCouponsHandler implements IQueryHandler<ListCoupons> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError 400 naming `cursor`, PROMOTION.NOT_FOUND, READ_MODEL.PARKED for a page with a parked coupon */
  async execute({ promotionId, request: { limit, cursor } }: ListCoupons): Promise<Page<Coupon>> {
    const name = inLog(queryName(COUPONS, { promotionId }), this.log);
    const after = readKeyset(cursor, name, 1);
    const query = { index: 'by-promotion', equals: [promotionId], limit: limit + 1, ...(after && { after }) };
    const found = await this.store.find<CouponDocument>(COUPONS, query);
    if (found.length === 0) await this.requirePromotion(promotionId);
    const page = found.slice(0, limit);
    await this.parked.refuseAny(
      COUPONS,
      page.map(({ id }) => id),
    );
    const last = page.at(-1);
    return {
      items: page.map(({ doc }) => couponView(doc)),
      nextCursor: found.length > limit && last !== undefined ? writeCursor(name, [last.id]) : null,
    };
  }

  private async requirePromotion(promotionId: string): Promise<void> {
    for await (const _ of this.log.read(streamOf('promotion', promotionId), { limit: 1 })) return;
    throw problem('PROMOTION.NOT_FOUND', 'There is no such promotion.');
  }
}
