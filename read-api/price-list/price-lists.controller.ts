import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { PriceList } from '../../domain/price-list/index.js';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, ListParams, pageOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetPriceList } from './get-price-list.query.js';
import { ListPriceLists } from './list-price-lists.query.js';

const PriceListPage = pageOf(PriceList, 'PriceListPage');

@ApiTags('price-lists')
@Controller('v1/price-lists')
@Roles('admin', 'analyst', 'support')
export class PriceListReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['price-lists'] })
  @Operation({ id: 'pricelists.list', summary: 'List price lists', description: 'Lists price lists by code.' })
  @Answers(PriceListPage, 'A page of price lists.')
  list(@Query() request: ListParams): Promise<Page<PriceList>> {
    return this.queries.execute(new ListPriceLists(request));
  }

  @Get(':code')
  @Reads({ from: ['price-lists'], versioned: true })
  @Operation({
    id: 'pricelists.get',
    summary: 'Read a price list',
    description: 'Shows a price list, and whether it is in force.',
    codes: ['PRICE_LIST.NOT_FOUND'],
  })
  @Answers(PriceList, 'The price list.', ['ETag'])
  priceList(@Param('code') code: string, @ReadLate() late: Lateness): Promise<PriceList> {
    return this.queries.execute(new GetPriceList(code, late));
  }
}
