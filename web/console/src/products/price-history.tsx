import { useQuery } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText, momentText, timeText } from '../../../shared/format/index.js';
import { Alert } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { actorText } from '../orders/timeline.js';

type PastPrice = Schema<'PastPrice'>;

/** Shown without being asked for. */
const NEWEST = 5;
const PAGE = 100;

/** All that it has cost, the newest first. */
async function readHistory(sku: string, signal: AbortSignal): Promise<readonly PastPrice[]> {
  const prices: PastPrice[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const { data } = await api.GET('/v1/products/{sku}/price-history', { params: { path: { sku }, query }, signal });
    prices.push(...(data?.items ?? []));
    cursor = data?.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return prices.toReversed();
}

/** What one unit has cost, since when, and who said so. */
export function PriceHistory({ sku }: { readonly sku: string }) {
  const [isWhole, setWhole] = useState(false);
  const { data: prices = [], error } = useQuery({
    queryKey: ['product', sku, 'price-history'],
    queryFn: ({ signal }) => readHistory(sku, signal),
  });
  const hidden = isWhole ? 0 : Math.max(0, prices.length - NEWEST);
  return (
    <section className="card" aria-labelledby="price-history">
      <h2 id="price-history">What it has cost</h2>
      <Alert error={error} />
      <ul className="plain small">
        {prices.slice(0, prices.length - hidden).map((past) => (
          <li key={past.by}>
            <Past past={past} />
          </li>
        ))}
      </ul>
      {hidden === 0 ? null : (
        <button type="button" className="button" onClick={() => setWhole(true)}>
          Show {hidden} more
        </button>
      )}
    </section>
  );
}

const Past = ({ past: { at, price, list, actor } }: { readonly past: PastPrice }) => (
  <>
    <strong>{price === null ? 'No price' : moneyText(price)}</strong> {list === undefined ? '' : `of the list ${list} `}
    since{' '}
    <time dateTime={at} title={momentText(at)}>
      {timeText(at)}
    </time>
    {actor === undefined ? null : (
      <span className="soft">
        {' '}
        by <bdi>{actorText({ actor })}</bdi>
      </span>
    )}
  </>
);
