import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { PricingPolicyInForce } from '../../domain/pricing-policy/index.js';
import { Operation, Roles } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, Reads } from '../shared/index.js';
import { GetPricingPolicy } from './get-pricing-policy.query.js';

@ApiTags('pricing')
@Controller('v1/pricing-policy')
@Roles('admin', 'support', 'analyst')
export class PricingPolicyReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: 'log', versioned: true })
  @Operation({
    id: 'pricing.getPolicy',
    summary: 'Read the pricing policy',
    description: 'Shows the policy that carts are quoted and checked out by; with `asOf` the one of then.',
    codes: ['READ_MODEL.PARKED'],
  })
  @Answers(PricingPolicyInForce, 'The policy in force.', ['ETag'])
  policy(@Query() { asOf }: AsOfParams): Promise<PricingPolicyInForce> {
    return this.queries.execute(new GetPricingPolicy(asOf === undefined ? undefined : parseAsOf(asOf)));
  }
}
