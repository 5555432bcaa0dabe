import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { PaymentWithFacts } from '../../domain/payment/index.js';
import { Operation, Roles } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, Reads } from '../shared/index.js';
import { GetPayment } from './get-payment.query.js';

@ApiTags('payments')
@Controller('v1/payments')
export class PaymentReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Roles('support', 'admin')
  @Reads({ from: 'log', versioned: true, toldByRevision: true })
  @Operation({
    id: 'payments.get',
    summary: 'Read a payment',
    description:
      'Shows a payment with its facts and the balances that are folded from them; with `asOf` those of then.',
    codes: ['PAYMENT.NOT_FOUND', 'READ_MODEL.PARKED'],
  })
  @Answers(PaymentWithFacts, 'The payment.', ['ETag'])
  payment(@Param('id') id: string, @Query() { asOf }: AsOfParams): Promise<PaymentWithFacts> {
    return this.queries.execute(new GetPayment(id, asOf === undefined ? undefined : parseAsOf(asOf)));
  }
}
