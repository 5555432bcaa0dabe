import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, PresentOnly, Reads } from '../shared/index.js';
import { GetStock } from './get-stock.query.js';
import { StockResponse } from './stock.responses.js';

@ApiTags('inventory')
@Controller('v1/inventory')
export class StockReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':sku')
  @Reads({ from: ['stock', 'products'] })
  @Answers(StockResponse, 'Stock over all locations; zeros where nothing was received.')
  stock(@Param('sku') sku: string, @Query() _present: PresentOnly): Promise<StockResponse> {
    return this.queries.execute(new GetStock(sku));
  }
}
