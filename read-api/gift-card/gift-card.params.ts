import { GIFT_CARD_STATUSES } from '../../domain/gift-card/index.js';
import type { GiftCardStatus } from '../../domain/gift-card/index.js';
import { CurrencyCode, Described, QueryChoice } from '../../infra/http/index.js';
import { ListParams } from '../shared/index.js';

/** Which gift cards; filters are joined by and. */
export class GiftCardListParams extends ListParams {
  @Described('Cards in this state.', 'active')
  @QueryChoice(GIFT_CARD_STATUSES)
  readonly status?: GiftCardStatus;

  @Described('Cards of this currency.', 'USD')
  @CurrencyCode({ optional: true })
  readonly currency?: string;
}
