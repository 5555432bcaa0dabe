import { Link, useSearchParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import type { Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';
import { session } from '../session.js';

type Product = Schema<'ProductItem'>;

const PAGE = 25;

const columns: Column<Product>[] = [
  {
    id: 'name',
    header: 'Product',
    cell: ({ row: { original: product } }) => (
      <Link href={`/products/${encodeURIComponent(product.sku)}`}>
        <bdi>{product.name}</bdi>
      </Link>
    ),
  },
  { id: 'sku', header: 'SKU', cell: ({ row: { original: product } }) => <span className="mono">{product.sku}</span> },
  { id: 'brand', header: 'Brand', cell: ({ row: { original: product } }) => <bdi>{product.brand ?? '–'}</bdi> },
  {
    id: '#price',
    header: 'Price',
    cell: ({ row: { original: product } }) => (product.price === null ? 'none' : moneyText(product.price)),
  },
  {
    id: '#available',
    header: 'Available',
    cell: ({ row: { original: product } }) =>
      product.available > 0 ? product.available : <span className="status bad">sold out</span>,
  },
];

/** Products by words; what is sold out is seen at once. */
export default function ProductsPage() {
  const [search, setSearch] = useSearchParams();
  const isAdmin = useStore(session)?.role === 'admin';
  const q = search.get('q') ?? '';
  const submit = (event: { preventDefault: () => void; currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    setSearch(typed === '' ? {} : { q: typed });
  };
  return (
    <>
      <div className="page-head">
        <h1>Products</h1>
        {isAdmin ? (
          <Link href="/products-new" className="button">
            New product
          </Link>
        ) : null}
      </div>
      <form className="search-row" role="search" onSubmit={submit} key={q}>
        <input
          className="input"
          type="search"
          name="q"
          aria-label="Words or a SKU"
          placeholder="Words or a SKU"
          defaultValue={q}
        />
        <button type="submit" className="button">
          Find
        </button>
      </form>
      <PagedList
        name={`products ${q}`}
        caption="Products"
        columns={columns}
        rowId={({ sku }) => sku}
        empty="No product is like that."
        load={async (cursor, signal) => {
          const query = { ...cursor, limit: PAGE, ...(q === '' ? { sort: 'name' as const } : { q }) };
          const { data } = await api.GET('/v1/products', { params: { query }, signal });
          return data;
        }}
      />
    </>
  );
}
