import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import { Alert, Amount, Field } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { session } from '../session.js';
import { PriceAction } from './price-action.js';
import { PriceHistory } from './price-history.js';
import { conditionsOf } from './price-words.js';
import { StockCard } from './stock-card.js';

type Product = Schema<'Product'>;

const useProduct = (sku: string) =>
  useQuery({
    queryKey: ['product', sku, 'facts'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/products/{sku}', { params: { path: { sku } }, signal });
      return data;
    },
  });

const usePrices = (sku: string) =>
  useQuery({
    queryKey: ['product', sku, 'prices'],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/products/{sku}/prices', { params: { path: { sku } }, signal });
      return data?.prices ?? [];
    },
  });

/** What is sold, at which prices, and where it lies. */
export default function ProductPage() {
  const sku = decodeURIComponent(useParams<{ sku: string }>().sku ?? '');
  const { data: product, error } = useProduct(sku);
  const isAdmin = useStore(session)?.role === 'admin';
  if (product === undefined) {
    return (
      <>
        <h1 className="mono">{sku}</h1>
        <Alert error={error} />
      </>
    );
  }
  return (
    <>
      <Head product={product} isAdmin={isAdmin} />
      <div className="order-grid">
        <div className="stack">
          <Prices product={product} isAdmin={isAdmin} />
          <PriceHistory sku={sku} />
        </div>
        <StockCard sku={sku} isAdmin={isAdmin} />
      </div>
    </>
  );
}

interface OfProduct {
  readonly product: Product;
  readonly isAdmin: boolean;
}

/** What the product says of itself. */
const Head = ({ product, isAdmin }: OfProduct) => (
  <header className="order-head">
    <h1>
      <bdi>
        <Field field="/name">{product.name}</Field>
      </bdi>
    </h1>
    <p className="soft facts">
      <Field field="/sku" mono>
        {product.sku}
      </Field>
      {product.brand === undefined ? null : <Field field="/brand">{product.brand}</Field>}
      <span>{product.categories.join(' › ')}</span>
      <Link href={`/orders?sku=${encodeURIComponent(product.sku)}`}>Orders of it</Link>
    </p>
    {product.description === undefined ? null : (
      <p>
        <Field field="/description">{product.description}</Field>
      </p>
    )}
    <p className="soft facts small">
      <span>
        Tax class <Field field="/taxClass">{product.taxClass}</Field>
      </span>
      {Object.entries(product.attributes).map(([name, text]) => (
        <span key={name} className="break">
          {name} <Field field={`/attributes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}>{text}</Field>
        </span>
      ))}
    </p>
    {isAdmin ? (
      <div className="actions">
        <Link href={`/products/${encodeURIComponent(product.sku)}/edit`} className="button">
          Edit
        </Link>
      </div>
    ) : null}
  </header>
);

/** The price that is asked for, and the rows that it is chosen from. */
function Prices({ product, isAdmin }: OfProduct) {
  const { data: rows = [] } = usePrices(product.sku);
  return (
    <section className="card" aria-labelledby="prices">
      <h2 id="prices">Price</h2>
      {product.price === undefined || product.price === null ? (
        <p className="soft">It has no price.</p>
      ) : (
        <p className="figure">
          <Amount field="/price" value={product.price} />
        </p>
      )}
      <ul className="plain small">
        {rows.map((row) => (
          <li key={row.priceId}>
            <strong>{moneyText(row)}</strong> {conditionsOf(row)}
          </li>
        ))}
      </ul>
      {isAdmin ? (
        <div className="actions">
          <PriceAction product={product} />
          <Link href={`/products/${encodeURIComponent(product.sku)}/prices`} className="button">
            Edit all prices
          </Link>
        </div>
      ) : null}
    </section>
  );
}
