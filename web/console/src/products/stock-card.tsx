import { useQuery } from '@tanstack/react-query';
import { Alert, Field } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { StockAction } from './stock-action.js';

const useStock = (sku: string) =>
  useQuery({
    queryKey: ['product', sku, 'stock'],
    refetchInterval: 2_500,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/inventory/{sku}', { params: { path: { sku } }, signal });
      return data;
    },
  });

const COUNTS = [
  ['onHand', 'In the house'],
  ['reserved', 'Held for orders'],
  ['available', 'Available'],
] as const;

/** How many units there are, by location. */
export function StockCard({ sku, isAdmin }: { readonly sku: string; readonly isAdmin: boolean }) {
  const { data: stock, error } = useStock(sku);
  if (stock === undefined) return <Alert error={error} />;
  return (
    <section className="card" aria-labelledby="stock">
      <h2 id="stock">Stock</h2>
      <dl className="trio">
        {COUNTS.map(([name, label]) => (
          <div className="sum" key={name}>
            <dt>{label}</dt>
            <dd>
              <Field field={`/${name}`}>{stock[name]}</Field>
            </dd>
          </div>
        ))}
      </dl>
      {stock.locations.length === 0 ? <p className="soft">Nothing was ever received.</p> : null}
      <ul className="plain">
        {stock.locations.map((location, index) => (
          <li key={location.location} className="facts">
            <strong>
              <Field field={`/locations/${index}/location`}>{location.location}</Field>
            </strong>
            {COUNTS.map(([name, label]) => (
              <span key={name} className="small">
                {label.toLowerCase()} <Field field={`/locations/${index}/${name}`}>{location[name]}</Field>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {isAdmin ? (
        <div className="actions">
          <StockAction sku={sku} kind="receipt" />
          <StockAction sku={sku} kind="adjustment" />
        </div>
      ) : null}
    </section>
  );
}
