import type { CartCheckedOut } from '../../domain/cart/index.js';
import type { OrderCancelled, OrderConfirmed } from '../../domain/order/index.js';
import type { Promotion, PromotionDetails, PromotionStreamEvent } from '../../domain/promotion/index.js';
import type { PromotionUse } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel, type Fold } from '../../infra/engine/projections/read-model.js';

/** A promotion with what became of it in orders. Id: the promotionId. */
export interface PromotionDocument {
  promotionId: string;
  details: PromotionDetails;
  status: Promotion['status'];
  /** Orders that were confirmed with it and not cancelled wholly before they shipped. */
  orders: number;
  /**
   * What it took off them by currency, in minor units as text of its digits: a sum may go beyond what a JSON number keeps.
   * Sums that fall to zero stay.
   */
  takenOff: Record<string, string>;
  /** Absent where it could be worked out for every checkout since it was changed last. */
  failing?: FailingPromotion;
  createdAt: string;
  version: number;
}

/** Checkouts that were priced without it, as it could not be worked out. */
export interface FailingPromotion {
  since: string;
  checkouts: number;
  /** Of the last of them. */
  error: string;
}

interface OfPromotion {
  readonly promotionId: string;
}

const promotionId = ({ data }: RecordedEvent<OfPromotion>): string => data.promotionId;

/** Folds an event of the promotion's own stream, whose revision is the version of the document. */
const ofPromotion = <Data extends OfPromotion>(
  change: (promotion: PromotionDocument, data: Data) => void = () => undefined,
): Fold<PromotionDocument, Data> => ({
  key: promotionId,
  evolve: (doc, event) => {
    const promotion = existing(doc, event);
    promotion.version = event.revision;
    change(promotion, event.data);
    return promotion;
  },
});

const inStatus = (status: PromotionDocument['status']) =>
  ofPromotion((promotion) => {
    promotion.status = status;
    delete promotion.failing;
  });

interface WithDiscounts {
  readonly discounted?: readonly PromotionUse[];
}

/** Folds an order that counts from now on (1), or no more (-1), for the promotions that it was given. */
const ofOrder = <Data extends WithDiscounts>(sign: 1 | -1): Fold<PromotionDocument, Data> => ({
  key: ({ data }) => data.discounted?.map((use) => use.promotionId) ?? [],
  evolve: (doc, event, id) => {
    const promotion = existing(doc, event);
    for (const { amount, promotionId: given } of event.data.discounted ?? []) {
      if (given !== id) continue;
      const sum = BigInt(promotion.takenOff[amount.currency] ?? '0') + BigInt(sign * amount.amount);
      promotion.takenOff[amount.currency] = String(sum);
      promotion.orders += sign;
    }
    return promotion;
  },
});

/** Folds a checkout that was priced without it. */
const failed: Fold<PromotionDocument, CartCheckedOut['data']> = {
  key: ({ data }) => data.failedPromotions?.map((one) => one.promotionId) ?? [],
  evolve: (doc, event, id) => {
    const promotion = existing(doc, event);
    const { since, checkouts } = promotion.failing ?? { since: event.at, checkouts: 0 };
    const error = event.data.failedPromotions?.find((one) => one.promotionId === id)?.error ?? '';
    promotion.failing = { since, checkouts: checkouts + 1, error };
    return promotion;
  },
};

type Followed = PromotionStreamEvent | OrderConfirmed | OrderCancelled | CartCheckedOut;

export const promotionsReadModel = readModel<PromotionDocument, Followed>({
  name: 'promotions',
  version: 2,
  indexes: [
    { name: 'by-created', fields: ['createdAt'] },
    { name: 'by-status', fields: ['status', 'createdAt'] },
    { name: 'by-failing', fields: ['failing.since'] },
  ],
  on: {
    'promotion.created.v1': {
      key: promotionId,
      evolve: (_none, { data, at, revision }) => {
        const { promotionId: id, ...details } = data;
        return {
          promotionId: id,
          details,
          status: 'draft',
          orders: 0,
          takenOff: {},
          createdAt: at,
          version: revision,
        };
      },
    },
    'promotion.changed.v1': ofPromotion((promotion, { promotionId: _id, ...details }) => {
      promotion.details = details;
      delete promotion.failing;
    }),
    'promotion.activated.v1': inStatus('active'),
    'promotion.begun.v1': ofPromotion(),
    'promotion.paused.v1': inStatus('paused'),
    'promotion.ended.v1': inStatus('ended'),
    // What was used is counted by orders, for promotions without limits alike.
    'promotion.use-reserved.v1': ofPromotion(),
    'promotion.use-committed.v1': ofPromotion(),
    'promotion.use-released.v1': ofPromotion(),
    'promotion.use-closed.v1': ofPromotion(),
    'promotion.use-returned.v1': ofPromotion(),
    'promotion.used-up.v1': ofPromotion(),
    'promotion.usable-again.v1': ofPromotion(),
    'order.confirmed.v1': ofOrder(1),
    'order.cancelled.v1': ofOrder(-1),
    'cart.checked-out.v1': failed,
  },
});
