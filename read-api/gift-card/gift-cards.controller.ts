import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { GiftCardBalance, GiftCardLedger, GiftCardSummary } from '../../domain/gift-card/index.js';
import { Operation, Roles, withCodes } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, AsOfParams, pageOf, parseAsOf, Reads } from '../shared/index.js';
import { GetGiftCard } from './get-gift-card.query.js';
import { GiftCardListParams } from './gift-card.params.js';
import { ListGiftCards } from './list-gift-cards.query.js';
import { LookUpGiftCard } from './look-up-gift-card.query.js';

const GiftCardPage = pageOf(GiftCardSummary, 'GiftCardPage');

@ApiTags('gift-cards')
@Controller('v1/gift-cards')
export class GiftCardReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('support', 'admin')
  @Reads({ from: ['gift-cards'] })
  @Operation({
    id: 'giftcards.list',
    summary: 'List gift cards',
    description: 'Lists gift cards, the newest first; filters are joined by and.',
  })
  @Answers(GiftCardPage, 'A page of gift cards.')
  list(@Query() request: GiftCardListParams): Promise<Page<GiftCardSummary>> {
    return this.queries.execute(new ListGiftCards(request));
  }

  @Get('by-id/:id')
  @Roles('support', 'admin')
  @Reads({ from: 'log', versioned: true })
  @Operation({
    id: 'giftcards.get',
    summary: 'Read a gift card',
    description: 'Shows a gift card with the ledger of all that happened to it; with `asOf` that of then.',
    codes: ['GIFT_CARD.UNKNOWN', 'READ_MODEL.PARKED'],
  })
  @Answers(GiftCardLedger, 'The card and its ledger.', ['ETag'])
  card(@Param('id') id: string, @Query() { asOf }: AsOfParams): Promise<GiftCardLedger> {
    return this.queries.execute(new GetGiftCard(id, asOf === undefined ? undefined : parseAsOf(asOf)));
  }

  @Get(':code')
  @Reads({ from: 'log' })
  @Operation({
    id: 'giftcards.lookUp',
    summary: 'Look up a gift card',
    description:
      'Shows what is on a gift card to whoever has its code; wrong codes are limited where `ABUSE_LIMITS` is on.',
    codes: ['GIFT_CARD.UNKNOWN', 'READ_MODEL.PARKED', 'REQUEST.TOO_MANY_WRONG_CODES'],
    credential: 'none',
  })
  @Answers(GiftCardBalance, 'What is on the card.')
  balance(@Param('code') code: string, @Req() request: FastifyRequest): Promise<GiftCardBalance> {
    return withCodes(request, () => this.queries.execute(new LookUpGiftCard(code)));
  }
}
