import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { bucketOf, couponAggregate, couponView, normalisedCode } from '../../domain/coupon/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import { problem } from '../../infra/http/index.js';
import { couponIdOf } from '../shared/coupon-id.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { DeactivateCoupon } from './coupon.commands.js';

@CommandHandler(DeactivateCoupon)
export class DeactivateCouponHandler implements ICommandHandler<DeactivateCoupon> {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>) {}

  /** @throws ProblemError COUPON.UNKNOWN */
  async execute({ scope, data }: DeactivateCoupon): Promise<WriteAnswer> {
    const code = normalisedCode(data.code);
    if (code === null) throw problem('COUPON.UNKNOWN', 'There is no such coupon.');
    const couponId = couponIdOf(this.config.serverSecret, code);
    return scope.answer(200, {
      aggregate: couponAggregate,
      id: bucketOf(couponId),
      missing: 'COUPON.UNKNOWN',
      command: { type: 'deactivate-coupon', couponId },
      answer: (state) => couponView(state, couponId, code),
    });
  }
}
