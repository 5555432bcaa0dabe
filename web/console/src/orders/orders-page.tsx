import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import { useSearchParams } from 'wouter';
import { Alert, Paging, useCursors } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { FILTERS, OrderFilters } from './order-filters.js';
import { OrderTable } from './order-table.js';

const PAGE = 25;

function useOrders(search: URLSearchParams, cursor: string | undefined) {
  const filters = Object.fromEntries(
    FILTERS.map((name) => [name, search.get(name) ?? '']).filter(([, value]) => value),
  );
  return useQuery({
    queryKey: ['orders', search.toString(), cursor],
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { data } = await api.GET('/v1/orders', { params: { query }, signal });
      return data;
    },
  });
}

/** Orders, newest first, by what they can be found by. */
export default function OrdersPage() {
  const [search, setSearch] = useSearchParams();
  const cursors = useCursors(search.toString());
  const { data, error } = useOrders(search, cursors.current);
  const [isOpen, setIsOpen] = useState(search.size > 0);
  const next = data?.nextCursor ?? null;
  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Filter{search.size > 0 ? ` (${search.size})` : ''}
        </button>
      </div>
      {isOpen ? <OrderFilters search={search} onChange={(filters) => setSearch(filters)} /> : null}
      <Alert error={error} />
      {data === undefined ? null : data.items.length === 0 ? (
        <p className="empty">No order is like that.</p>
      ) : (
        <OrderTable caption="Orders, newest first" orders={data.items} />
      )}
      <Paging
        hasPrevious={cursors.hasPrevious}
        hasNext={next !== null}
        onPrevious={cursors.previous}
        onNext={() => next !== null && cursors.next(next)}
      />
    </>
  );
}
