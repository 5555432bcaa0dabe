import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { PastPrice } from '../../domain/catalog/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { invalid, isStaff, utcOf, writeCursor } from '../../infra/http/index.js';
import type { Page, Principal } from '../../infra/http/index.js';
import { priceHistoryIn } from '../../projections/catalog/index.js';
import { inLog, queryName, readKeyset, readLive } from '../shared/index.js';
import type { PriceHistoryParams } from './product.params.js';

/** A page of what one unit of a product has cost, the oldest first. */
export class GetPriceHistory extends Query<Page<PastPrice>> {
  constructor(
    readonly sku: string,
    readonly request: PriceHistoryParams,
    /** Who asks; null is somebody without a credential. */
    readonly principal: Principal | null,
  ) {
    super();
  }
}

@QueryHandler(GetPriceHistory)
export class GetPriceHistoryHandler implements IQueryHandler<GetPriceHistory> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, 400 naming `from` or `cursor`, READ_MODEL.PARKED */
  async execute({ sku, request, principal }: GetPriceHistory): Promise<Page<PastPrice>> {
    const { currency, limit, cursor } = request;
    const from = request.from === undefined ? '' : utcOf(request.from);
    const to = request.to === undefined ? undefined : utcOf(request.to);
    if (to !== undefined && from > to) throw invalid('from', 'must not be after to');
    const name = inLog(queryName('price-history', { sku, currency: currency ?? null, from, to: to ?? null }), this.log);
    const [after] = readKeyset(cursor, name, 1) ?? [];
    const nothing = { code: 'PRODUCT.UNKNOWN_SKU', what: 'product' } as const;
    const place = currency === undefined ? {} : { currency };
    const { changes } = await readLive(this.log, priceHistoryIn(place), { id: sku, asOf: undefined, nothing });
    const begin = after === undefined ? 0 : changes.findIndex(({ by }) => by === after) + 1;
    const asked = changes.slice(begin).filter(({ at }) => at >= from && (to === undefined || at < to));
    const shown = asked.slice(0, limit);
    const last = shown.at(-1);
    const items = shownTo(principal, shown);
    return { items, nextCursor: asked.length > limit && last !== undefined ? writeCursor(name, [last.by]) : null };
  }
}

/** Who set a price is told to staff alone. */
const shownTo = (principal: Principal | null, prices: readonly PastPrice[]): readonly PastPrice[] =>
  isStaff({ principal, accessToken: null }) ? prices : prices.map(({ actor: _actor, ...price }) => price);
