import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { cardSeedOf, type BoughtGiftCard, type OrderEvent } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import { asEvent, EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder, isStaff, mayTouchOrder } from '../../infra/http/index.js';
import type { OrderCredential, Page } from '../../infra/http/index.js';
import { giftCardOf } from '../../infra/shared/gift-card-code.js';

/** Reads the gift cards that were bought with an order. */
export class GetOrderGiftCards extends Query<Page<BoughtGiftCard>> {
  constructor(
    readonly orderId: string,
    readonly credential: OrderCredential,
  ) {
    super();
  }
}

@QueryHandler(GetOrderGiftCards)
export class GetOrderGiftCardsHandler implements IQueryHandler<GetOrderGiftCards> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
  ) {}

  /**
   * A code is money: it is made again for the buyer, and shown to no staff.
   * @throws ProblemError ORDER.NOT_FOUND, also for an order that the credential does not open
   */
  async execute({ orderId, credential }: GetOrderGiftCards): Promise<Page<BoughtGiftCard>> {
    const { serverSecret } = this.config;
    const order = await this.read(orderId);
    if (order === null || !mayTouchOrder(credential, order, serverSecret)) throw hiddenOrder();
    if (isStaff(credential)) return { items: order.cards, nextCursor: null };
    const items = order.cards.map((card) => ({
      ...card,
      code: giftCardOf(serverSecret, cardSeedOf(orderId, card)).code,
    }));
    return { items, nextCursor: null };
  }

  private async read(orderId: string) {
    let cards: readonly BoughtGiftCard[] = [];
    let owner: { readonly orderId: string; readonly customerId?: string } | null = null;
    for await (const recorded of this.log.read(streamOf('order', orderId))) {
      const event = asEvent<OrderEvent>(recorded);
      if (event.type === 'order.opened.v1') {
        const { customerId } = event.data;
        owner = customerId === undefined ? { orderId } : { orderId, customerId };
      }
      if (event.type === 'order.gift-cards-issued.v1') ({ cards } = event.data);
    }
    return owner === null ? null : { ...owner, cards };
  }
}
