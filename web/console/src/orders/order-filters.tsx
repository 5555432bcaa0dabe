import type { Schema } from '../../../shared/api/index.js';

/** The parameters of `GET /v1/orders` that the page has fields for, as they stand in its own address too. */
export const FILTERS = ['orderNumber', 'email', 'status', 'sku', 'reference', 'from', 'to'] as const;

const STATUSES: readonly Schema<'Order'>['status'][] = [
  'pending',
  'confirmed',
  'partially-shipped',
  'shipped',
  'delivered',
  'completed',
  'rejected',
  'cancelled',
];

const TEXTS = { orderNumber: 'Order number', email: 'E-mail', sku: 'SKU', reference: 'Reference' } as const;
const DAYS = { from: 'From day', to: 'To day' } as const;

interface OrderFiltersProps {
  readonly search: URLSearchParams;
  readonly onChange: (filters: Record<string, string>) => void;
}

/** The fields by which orders are found. */
export function OrderFilters({ search, onChange }: OrderFiltersProps) {
  const submit = (event: { preventDefault: () => void; currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(
      ([name, value]) => [name, String(value).trim()] as const,
    );
    onChange(Object.fromEntries(entries.filter(([, value]) => value !== '')));
  };
  return (
    <form className="card filters" onSubmit={submit} key={search.toString()}>
      {Object.entries(TEXTS).map(([name, label]) => (
        <label key={name} className="stack tight">
          <span>{label}</span>
          <input className="input" name={name} defaultValue={search.get(name) ?? ''} autoComplete="off" />
        </label>
      ))}
      <label className="stack tight">
        <span>Status</span>
        <select className="input" name="status" defaultValue={search.get('status') ?? ''}>
          <option value="">any</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {status.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </label>
      {Object.entries(DAYS).map(([name, label]) => (
        <label key={name} className="stack tight">
          <span>{label}</span>
          <input className="input" type="date" name={name} defaultValue={search.get(name) ?? ''} />
        </label>
      ))}
      <div className="filter-buttons">
        <button type="submit" className="button primary">
          Show
        </button>
        <button type="button" className="button" onClick={() => onChange({})}>
          Clear
        </button>
      </div>
    </form>
  );
}
