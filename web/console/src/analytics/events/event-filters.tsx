import { apiTime, FILTERS, localTime, type EventQuestion } from './question.js';
import { useEventTypes } from './feed.js';

const LABELS = {
  category: 'Category',
  stream: 'Stream',
  actor: 'Actor',
  correlationId: 'Request (correlation id)',
} as const;
const TIMES = { since: 'Since', until: 'Before' } as const;

interface EventFiltersProps {
  readonly question: EventQuestion;
  readonly onChange: (question: EventQuestion) => void;
}

/** The fields by which events are chosen. */
export function EventFilters({ question, onChange }: EventFiltersProps) {
  const submit = (event: { preventDefault: () => void; currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const entries = FILTERS.map((name) => {
      const text = String(said.get(name) ?? '').trim();
      return [name, name in TIMES ? apiTime(text) : text] as const;
    });
    onChange(Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== '')));
  };
  return (
    <form className="card filters" onSubmit={submit} key={JSON.stringify(question)}>
      <TypeField type={question.type} />
      {Object.entries(LABELS).map(([name, label]) => (
        <label key={name} className="stack tight">
          <span>{label}</span>
          <input
            className="input"
            name={name}
            defaultValue={question[name as keyof typeof LABELS] ?? ''}
            autoComplete="off"
            spellcheck={false}
          />
        </label>
      ))}
      {Object.entries(TIMES).map(([name, label]) => (
        <label key={name} className="stack tight">
          <span>{label}</span>
          <input
            className="input"
            type="datetime-local"
            step={1}
            name={name}
            defaultValue={localTime(question[name as keyof typeof TIMES])}
          />
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

/** A choice among the types that the log has, with how many events each has. */
function TypeField({ type = '' }: { readonly type: string | undefined }) {
  const { data = [] } = useEventTypes();
  const isKnown = type === '' || data.some((one) => one.type === type);
  return (
    <label className="stack tight">
      <span>Type</span>
      <select className="input" name="type" defaultValue={type} key={`${type} ${data.length}`}>
        <option value="">any</option>
        {isKnown ? null : <option value={type}>{type}</option>}
        {data.map((one) => (
          <option key={one.type} value={one.type}>
            {one.type} ({one.count})
          </option>
        ))}
      </select>
    </label>
  );
}
