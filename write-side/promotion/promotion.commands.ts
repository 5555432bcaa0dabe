import type { ActivatePromotion, ChangePromotion, EndPromotion, PausePromotion } from '../../domain/promotion/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export interface CreatePromotionData {
  /** Parsed JSON that has yet to be looked at. */
  readonly promotion: unknown;
}

export class CreatePromotion extends RequestCommand<CreatePromotionData> {}

export interface UpdatePromotionData {
  readonly promotionId: string;
  readonly command: ChangePromotion | ActivatePromotion | PausePromotion | EndPromotion;
}

/** Changes the terms of a promotion, or its status. */
export class UpdatePromotion extends RequestCommand<UpdatePromotionData> {}
