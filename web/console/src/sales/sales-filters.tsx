import { BY, type Question } from './use-sales.js';

const LABELS = { day: 'day', category: 'category', sku: 'SKU' } as const;

interface SalesFiltersProps {
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

/** Which days, and by what. */
export function SalesFilters({ question, onChange }: SalesFiltersProps) {
  return (
    <div className="filters">
      <label className="stack tight">
        <span>By</span>
        <select
          className="input"
          value={question.by}
          onChange={(event) => {
            const by = BY.find((one) => one === event.currentTarget.value) ?? 'day';
            onChange({ ...question, by });
          }}
        >
          {BY.map((by) => (
            <option key={by} value={by}>
              {LABELS[by]}
            </option>
          ))}
        </select>
      </label>
      <Day label="From" value={question.from} onChange={(from) => onChange({ ...question, from })} />
      <Day label="To" value={question.to} onChange={(to) => onChange({ ...question, to })} />
      <p className="soft small">Days of {question.timeZone}</p>
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

const Day = ({ label, value, onChange }: DayProps) => (
  <label className="stack tight">
    <span>{label}</span>
    <input
      className="input"
      type="date"
      required
      value={value}
      onChange={(event) => {
        if (event.currentTarget.value !== '') onChange(event.currentTarget.value);
      }}
    />
  </label>
);
