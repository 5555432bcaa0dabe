import { giftCardAggregate, reclaimableCard } from '../../domain/gift-card/index.js';
import { boughtCards, orderAggregate, type BoughtCard } from '../../domain/order/index.js';
import type { Shop } from './shop.js';

/** The gift cards that were bought with an order, as the command API asks them for a refund. */
export async function cardsBought(shop: Shop, orderId: string): Promise<readonly BoughtCard[]> {
  const cards = boughtCards(await shop.recorded(orderAggregate, orderId));
  return Promise.all(
    cards.map(async ({ giftCardId }) => ({
      giftCardId,
      ...reclaimableCard(await shop.recorded(giftCardAggregate, giftCardId)),
    })),
  );
}
