import { PROMOTION_STATUSES } from '../../domain/promotion/index.js';
import type { Promotion } from '../../domain/promotion/index.js';
import { Described, QueryChoice } from '../../infra/http/index.js';
import { ListParams } from '../shared/index.js';

/** Which promotions. */
export class PromotionListParams extends ListParams {
  @Described('Promotions in this status.', 'active')
  @QueryChoice(PROMOTION_STATUSES)
  readonly status?: Promotion['status'];
}
