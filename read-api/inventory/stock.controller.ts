import { StockView } from '../../domain/inventory/index.js';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetStockAsOf } from './get-stock-as-of.query.js';
import { GetStock } from './get-stock.query.js';

@ApiTags('inventory')
@Controller('v1/inventory')
export class StockReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':sku')
  @Reads({ from: ['stock', 'products'], versioned: 'by-etag-alone', toldByRevision: true, mayBeKept: true })
  @Operation({
    id: 'inventory.get',
    summary: 'Read stock',
    description:
      'Shows the stock of a SKU in all and by location, zeros where nothing was received; with `asOf` that of then.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
    credential: 'none',
  })
  @Answers(StockView, 'The stock.', ['ETag'])
  stock(@Param('sku') sku: string, @Query() { asOf }: AsOfParams, @ReadLate() late: Lateness): Promise<StockView> {
    return this.queries.execute(asOf === undefined ? new GetStock(sku, late) : new GetStockAsOf(sku, parseAsOf(asOf)));
  }
}
