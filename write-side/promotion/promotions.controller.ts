import { Controller, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NewPromotion, Promotion, PromotionChanges } from '../../domain/promotion/index.js';
import { Operation, Roles, RouteTakes, TakesBody } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { CreatePromotion, UpdatePromotion } from './promotion.commands.js';
import type { UpdatePromotionData } from './promotion.commands.js';

@ApiTags('promotions')
@Controller('v1/promotions')
@Roles('admin')
export class PromotionsController {
  constructor(private readonly gate: WriteGate) {}

  /** The domain looks at the promotion, as it does at one that comes from a file. */
  @Post()
  @RouteTakes({ anyBody: true })
  @Operation({
    id: 'promotions.create',
    summary: 'Create a promotion',
    description: 'Creates a draft, which no buyer gets before it is activated.',
    codes: ['PROMOTION.INVALID'],
  })
  @TakesBody(NewPromotion, 'The promotion.')
  @WriteRoute({ answers: { 201: [Promotion, 'The draft.'] }, headers: ['Location'] })
  create(@Req() { body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new CreatePromotion(scope, { promotion: body }));
  }

  @Patch(':id')
  @HttpCode(200)
  @RouteTakes({ anyBody: true })
  @Operation({
    id: 'promotions.update',
    summary: 'Change a promotion',
    description:
      'Changes the members that are sent and leaves the others; null takes one away. What is changed of an active one ' +
      'counts from the answer on, for carts that are open too. One that has ended takes no change.',
    codes: ['PROMOTION.NOT_FOUND', 'PROMOTION.ENDED', 'PROMOTION.INVALID'],
  })
  @TakesBody(PromotionChanges, 'The members to change.')
  @WriteRoute({ answers: { 200: [Promotion, 'The promotion with the change.'] } })
  change(@Param('id') id: string, @Req() { body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.update(reply, id, { type: 'change-promotion', changes: body, at: now() });
  }

  @Post(':id/activation')
  @HttpCode(200)
  @Operation({
    id: 'promotions.activate',
    summary: 'Activate a promotion',
    description:
      'Buyers get it from now on, or from the beginning of its window. Where the end of its window has passed it ends at once.',
    codes: ['PROMOTION.NOT_FOUND', 'PROMOTION.ENDED'],
  })
  @WriteRoute({ answers: { 200: [Promotion, 'The active promotion.'] } })
  activate(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.update(reply, id, { type: 'activate-promotion', at: now() });
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Operation({
    id: 'promotions.pause',
    summary: 'Pause a promotion',
    description: 'No buyer gets it before it is activated again; orders that have it keep it.',
    codes: ['PROMOTION.NOT_FOUND', 'PROMOTION.ENDED', 'PROMOTION.NOT_ACTIVE'],
  })
  @WriteRoute({ answers: { 200: [Promotion, 'The paused promotion.'] } })
  pause(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.update(reply, id, { type: 'pause-promotion' });
  }

  @Post(':id/end')
  @HttpCode(200)
  @Operation({
    id: 'promotions.end',
    summary: 'End a promotion',
    description: 'Ends it for good; orders that have it keep it.',
    codes: ['PROMOTION.NOT_FOUND'],
  })
  @WriteRoute({ answers: { 200: [Promotion, 'The promotion that has ended.'] } })
  end(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.update(reply, id, { type: 'end-promotion' });
  }

  private update(reply: FastifyReply, promotionId: string, command: UpdatePromotionData['command']): Promise<void> {
    return this.gate.send(reply, (scope) => new UpdatePromotion(scope, { promotionId, command }));
  }
}

const now = (): string => new Date().toISOString();
