import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { SEARCH_INDEX } from '../../infra/search-index/index.js';
import type { SearchIndex } from '../../infra/search-index/index.js';
import type { Suggestions } from './product-page.js';
import { ParkedDocuments } from '../shared/index.js';

/** Suggestions for words that are being typed. */
export class SuggestProducts extends Query<Suggestions> {
  constructor(
    readonly words: string,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(SuggestProducts)
export class SuggestProductsHandler implements IQueryHandler<SuggestProducts> {
  constructor(
    @Inject(SEARCH_INDEX) private readonly index: SearchIndex,
    private readonly parked: ParkedDocuments,
  ) {}

  /** Leaves out parked products, whose names may be outdated; a suggestion without a SKU is a text to search for. */
  async execute({ words, limit }: SuggestProducts): Promise<Suggestions> {
    const found = await this.index.suggest(words, limit);
    const parked = await this.parked.keys('search');
    return { items: found.filter(({ sku }) => sku === undefined || !parked.has(sku)) };
  }
}
