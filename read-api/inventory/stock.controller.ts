import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, AsOfParams, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetStockAsOf } from './get-stock-as-of.query.js';
import { GetStock } from './get-stock.query.js';
import { StockResponse } from './stock.responses.js';

@ApiTags('inventory')
@Controller('v1/inventory')
export class StockReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':sku')
  @Reads({ from: ['stock', 'products'], versioned: 'by-etag-alone', toldByRevision: true, mayBeKept: true })
  @Answers(StockResponse, 'Stock over all locations, zeros where nothing was received; with `asOf` the stock of then.')
  stock(@Param('sku') sku: string, @Query() { asOf }: AsOfParams, @ReadLate() late: Lateness): Promise<StockResponse> {
    return this.queries.execute(asOf === undefined ? new GetStock(sku, late) : new GetStockAsOf(sku, parseAsOf(asOf)));
  }
}
