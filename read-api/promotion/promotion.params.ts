import { PROMOTION_STATUSES } from '../../domain/promotion/index.js';
import type { Promotion } from '../../domain/promotion/index.js';
import { Described, QueryChoice, Timestamp } from '../../infra/http/index.js';
import { ListParams } from '../shared/index.js';

/** Which promotions. */
export class PromotionListParams extends ListParams {
  @Described('Promotions in this status.', 'active')
  @QueryChoice(PROMOTION_STATUSES)
  readonly status?: Promotion['status'];
}

/** Which orders. */
export class SimulationParams {
  @Described('Placed at or after.', '2026-03-01T00:00:00Z')
  @Timestamp()
  readonly from!: string;
  @Described('Placed before.', '2026-04-01T00:00:00Z')
  @Timestamp()
  readonly to!: string;
}
