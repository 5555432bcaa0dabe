import type { Question } from './use-report.js';

const LABELS: Readonly<Record<string, string>> = { sku: 'SKU' };

interface PeriodFiltersProps {
  readonly by: readonly string[];
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

/** Which days, and by what. */
export function PeriodFilters({ by, question, onChange }: PeriodFiltersProps) {
  return (
    <div className="filters">
      <label className="stack tight">
        <span>By</span>
        <select
          className="input"
          value={question.by}
          onChange={(event) => onChange({ ...question, by: event.currentTarget.value })}
        >
          {by.map((one) => (
            <option key={one} value={one}>
              {LABELS[one] ?? one}
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
