import { useState } from 'preact/hooks';
import { useSearchParams } from 'wouter';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';
import { FILTERS, OrderFilters } from './order-filters.js';
import { orderColumns } from './order-columns.js';

const PAGE = 25;

/** Orders, newest first, by what they can be found by. */
export default function OrdersPage() {
  const [search, setSearch] = useSearchParams();
  const [isOpen, setIsOpen] = useState(search.size > 0);
  const filters = Object.fromEntries(
    FILTERS.map((name) => [name, search.get(name) ?? '']).filter(([, value]) => value),
  );
  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Filter{search.size > 0 ? ` (${search.size})` : ''}
        </button>
      </div>
      {isOpen ? <OrderFilters search={search} onChange={(chosen) => setSearch(chosen)} /> : null}
      <PagedList
        name={`orders ${search.toString()}`}
        caption="Orders, newest first"
        columns={orderColumns}
        rowId={({ orderId }) => orderId}
        empty="No order is like that."
        load={async (cursor, signal) => {
          const query = { ...filters, ...cursor, limit: PAGE };
          const { data } = await api.GET('/v1/orders', { params: { query }, signal });
          return data;
        }}
      />
    </>
  );
}
