import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { GiftCardView, IssuedGiftCard } from '../../domain/gift-card/index.js';
import { moneyOf, omitNullish, Operation, Roles, utcOf } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { GiftCardAdjustmentBody, GiftCardBlockBody, IssueGiftCardBody } from './gift-card.bodies.js';
import { AdjustGiftCard, BlockGiftCard, IssueGiftCard } from './gift-card.commands.js';

@ApiTags('gift-cards')
@Controller('v1/gift-cards')
@Roles('admin')
export class GiftCardsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'giftcards.issue',
    summary: 'Issue a gift card',
    description:
      'Issues a card and shows its code, here and to a repetition under the same `Idempotency-Key`, and nowhere else: the ' +
      'code is kept nowhere, so an answer that is lost without a key is a card that nobody can spend.',
    codes: ['GIFT_CARD.EXPIRED'],
  })
  @WriteRoute({ answers: { 201: [IssuedGiftCard, 'The card with its code.'] }, headers: ['Location'] })
  issue(@Body() body: IssueGiftCardBody, @Res() reply: FastifyReply): Promise<void> {
    const { amount, expiresAt, note } = body;
    const terms = omitNullish({ note, expiresAt: expiresAt == null ? expiresAt : utcOf(expiresAt) });
    const data = { amount: moneyOf(amount), ...terms, now: new Date().toISOString() };
    return this.gate.send(reply, (scope) => new IssueGiftCard(scope, data));
  }

  @Post('by-id/:id/adjustments')
  @HttpCode(200)
  @Operation({
    id: 'giftcards.adjust',
    summary: 'Adjust a gift card',
    description: 'Puts money on a card or takes it off, never below 0; what orders hold stays theirs.',
    codes: [
      'GIFT_CARD.EMPTY',
      'GIFT_CARD.EXPIRED',
      'GIFT_CARD.TOO_LARGE',
      'GIFT_CARD.UNKNOWN',
      'GIFT_CARD.WRONG_CURRENCY',
    ],
  })
  @WriteRoute({ answers: { 200: [GiftCardView, 'The card afterwards.'] } })
  adjust(
    @Param('id') giftCardId: string,
    @Body() { amount, reason }: GiftCardAdjustmentBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const data = { giftCardId, amount: moneyOf(amount), reason };
    return this.gate.send(reply, (scope) => new AdjustGiftCard(scope, data));
  }

  @Post('by-id/:id/block')
  @HttpCode(200)
  @Operation({
    id: 'giftcards.block',
    summary: 'Block a gift card',
    description:
      'Nothing on it can be spent any more, for good; what orders hold stays theirs, and refunds come back to it.',
    codes: ['GIFT_CARD.UNKNOWN'],
  })
  @WriteRoute({ answers: { 200: [GiftCardView, 'The card afterwards.'] } })
  block(@Param('id') giftCardId: string, @Body() body: GiftCardBlockBody, @Res() reply: FastifyReply): Promise<void> {
    const data = { giftCardId, ...omitNullish({ reason: body.reason }) };
    return this.gate.send(reply, (scope) => new BlockGiftCard(scope, data));
  }
}
