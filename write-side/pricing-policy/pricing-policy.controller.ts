import { Controller, HttpCode, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PricingPolicyInForce } from '../../domain/pricing-policy/index.js';
import { PricingPolicy } from '../../domain/pricing/index.js';
import { Operation, Roles, RouteTakes, TakesBody } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { PutPricingPolicy } from './pricing-policy.commands.js';

@ApiTags('pricing')
@Controller('v1/pricing-policy')
@Roles('admin')
export class PricingPolicyController {
  constructor(private readonly gate: WriteGate) {}

  /** The domain looks at the policy, as it does at one that comes from a file. */
  @Put()
  @HttpCode(200)
  @RouteTakes({ anyBody: true })
  @Operation({
    id: 'pricing.putPolicy',
    summary: 'Put a pricing policy in force',
    description: 'From now on carts are quoted and checked out by it; what was sold before stays as it was.',
    codes: ['PRICING_POLICY.INVALID'],
  })
  @TakesBody(PricingPolicy, 'The whole policy.')
  @WriteRoute({ answers: { 200: [PricingPolicyInForce, 'The policy in force.'] } })
  put(@Req() { body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new PutPricingPolicy(scope, { policy: body }));
  }
}
