import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { NewPromotion, trialTerms } from '../../domain/promotion/index.js';
import { invalid, Operation, refused, Roles, RouteTakes, TakesBody, utcOf } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, AsOfParams, pageOf, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetPromotion, GetPromotionAsOf } from './get-promotion.query.js';
import { ListPromotions } from './list-promotions.query.js';
import { UsedPromotion } from './promotion-item.js';
import { PromotionListParams, SimulationParams } from './promotion.params.js';
import { SimulatePromotion } from './simulate-promotion.query.js';
import type { SimulatedOrders, Simulation } from './simulate-promotion.js';
import { PromotionSimulation } from './simulation-item.js';
import { SimulationBody } from './simulation.bodies.js';

const PromotionPage = pageOf(UsedPromotion, 'PromotionPage');

@ApiTags('promotions')
@Controller('v1/promotions')
@Roles('admin', 'support', 'analyst')
export class PromotionReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['promotions'], exact: true })
  @Operation({
    id: 'promotions.list',
    summary: 'List promotions',
    description: 'Lists promotions, the newest first, with how much they were used.',
  })
  @Answers(PromotionPage, 'A page of promotions.')
  list(@Query() request: PromotionListParams): Promise<Page<UsedPromotion>> {
    return this.queries.execute(new ListPromotions(request));
  }

  @Get(':id')
  @Reads({ from: ['promotions'], versioned: true, exact: true })
  @Operation({
    id: 'promotions.get',
    summary: 'Read a promotion',
    description: 'Shows a promotion with how much it was used; with `asOf` as it was then.',
    codes: ['PROMOTION.NOT_FOUND'],
  })
  @Answers(UsedPromotion, 'The promotion.', ['ETag'])
  promotion(
    @Param('id') id: string,
    @Query() { asOf }: AsOfParams,
    @ReadLate() late: Lateness,
  ): Promise<UsedPromotion> {
    return this.queries.execute(
      asOf === undefined ? new GetPromotion(id, late) : new GetPromotionAsOf(id, parseAsOf(asOf)),
    );
  }

  /** It asks for a lot in its body and changes nothing: a read. */
  @Post(':id/simulation')
  @HttpCode(200)
  @Roles('admin', 'analyst')
  @Reads({ from: 'log', exact: true })
  @Operation({
    id: 'promotions.simulate',
    summary: 'Simulate a promotion',
    description:
      'Computes what this promotion alone would have taken off the undiscounted lines of the orders that were confirmed and ' +
      'were placed in a time, whatever its status, window, limits and trigger. Nothing is recorded.',
    codes: ['PROMOTION.NOT_FOUND', 'PROMOTION.SIMULATION_TOO_LARGE', 'READ_MODEL.PARKED'],
  })
  @Answers(PromotionSimulation, 'What it would have come to.')
  simulate(@Param('id') id: string, @Body() body: SimulationBody): Promise<Simulation> {
    return this.queries.execute(new SimulatePromotion(id, ordersIn(body)));
  }

  /** The domain looks at the promotion, as it does at one that is created. */
  @Post('simulation')
  @HttpCode(200)
  @Roles('admin', 'analyst')
  @RouteTakes({ anyBody: true })
  @Reads({ from: 'log', exact: true })
  @Operation({
    id: 'promotions.simulateNew',
    summary: 'Simulate a promotion that is recorded nowhere',
    description:
      'Computes the same of a promotion as it is sent, or of one that is changed as it would be. Nothing is recorded.',
    codes: ['PROMOTION.INVALID', 'PROMOTION.SIMULATION_TOO_LARGE', 'READ_MODEL.PARKED'],
  })
  @TakesBody(NewPromotion, 'The promotion.')
  @Answers(PromotionSimulation, 'What it would have come to.')
  simulateNew(@Query() period: SimulationParams, @Req() { body }: FastifyRequest): Promise<Simulation> {
    const terms = trialTerms(body);
    if ('refusal' in terms) throw refused(terms.refusal);
    return this.queries.execute(new SimulatePromotion(terms, ordersIn(period)));
  }
}

function ordersIn(period: SimulationBody): SimulatedOrders {
  const [from, to] = [utcOf(period.from), utcOf(period.to)];
  if (to <= from) throw invalid('to', 'must be after from');
  return { from, to };
}
