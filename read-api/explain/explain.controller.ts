import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Operation, Roles } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { Answers, parseAsOf, Reads } from '../shared/index.js';
import { ExplainField } from './explain-field.query.js';
import { ExplainParams } from './explain.params.js';
import { Explanation } from './explanation.js';

@ApiTags('explain')
@Controller('v1/explain')
export class ExplainController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('support', 'analyst', 'admin')
  @Reads({ from: 'log', exact: true })
  @Operation({
    id: 'explain.get',
    summary: 'Explain a field',
    description:
      'Says why a number, a state or a time of a document is what it is, by the events behind it. Parts add up to the value; a ' +
      'part that is a field itself can be asked for in turn. To `analyst` what is personal is null.',
    codes: [
      'CART.NOT_FOUND',
      'FIELD.NOT_EXPLAINED',
      'FIELD.NOT_FOUND',
      'GIFT_CARD.UNKNOWN',
      'ORDER.NOT_FOUND',
      'PAYMENT.NOT_FOUND',
      'PRODUCT.UNKNOWN_SKU',
      'READ_MODEL.PARKED',
      'REPORT.ITEM_NOT_FOUND',
      'RESOURCE.NOT_EXPLAINED',
    ],
  })
  @Answers(Explanation, 'Why it is what it is.')
  explain(@CurrentPrincipal() principal: Principal, @Query() params: ExplainParams): Promise<Explanation> {
    const { resource, field, asOf, ...report } = params;
    const moment = asOf === undefined ? undefined : parseAsOf(asOf);
    return this.queries.execute(new ExplainField({ resource, field, asOf: moment, report }, principal));
  }
}
