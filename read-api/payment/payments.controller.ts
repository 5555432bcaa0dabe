import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '../../infra/http/index.js';
import { Answers, PresentOnly, Reads } from '../shared/index.js';
import { GetPayment } from './get-payment.query.js';
import { PaymentResponse } from './payment.responses.js';

@ApiTags('payments')
@Controller('v1/payments')
export class PaymentReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Roles('support', 'admin')
  @Reads({ from: ['payments'], versioned: true, noStore: true })
  @Answers(PaymentResponse, 'The payment with its facts and the balances folded from them.')
  payment(@Param('id') id: string, @Query() _present: PresentOnly): Promise<PaymentResponse> {
    return this.queries.execute(new GetPayment(id));
  }
}
