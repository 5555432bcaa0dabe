import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetPaymentAsOf } from './get-payment-as-of.query.js';
import { GetPayment } from './get-payment.query.js';
import { PaymentResponse } from './payment.responses.js';

@ApiTags('payments')
@Controller('v1/payments')
export class PaymentReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Roles('support', 'admin')
  @Reads({ from: ['payments'], versioned: true, toldByRevision: true })
  @Operation({
    id: 'payments.get',
    summary: 'Read a payment',
    description:
      'Shows a payment with its facts and the balances that are folded from them; with `asOf` those of then.',
    codes: ['PAYMENT.NOT_FOUND'],
  })
  @Answers(PaymentResponse, 'The payment.', ['ETag'])
  payment(
    @Param('id') id: string,
    @Query() { asOf }: AsOfParams,
    @ReadLate() late: Lateness,
  ): Promise<PaymentResponse> {
    return this.queries.execute(
      asOf === undefined ? new GetPayment(id, late) : new GetPaymentAsOf(id, parseAsOf(asOf)),
    );
  }
}
