import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import type { Schema } from '../../../../shared/api/index.js';
import { timeText } from '../../../../shared/format/index.js';
import { Alert } from '../../../../shared/ui/index.js';
import { api } from '../../engine.js';
import { fieldText, valueText } from './in-words.js';

type Part = Schema<'Explanation'>['parts'][number];

interface WhyPanelProps {
  /** As the API names it: `orders/{id}`. */
  readonly resource: string;
  readonly asOf: string | null;
  /** JSON Pointers, from the field that was asked for to the one that is shown. */
  readonly way: readonly string[];
  readonly onWalk: (pointer: string) => void;
  readonly onBack: () => void;
}

const useExplanation = (resource: string, field: string, asOf: string | null) =>
  useQuery({
    queryKey: ['explain', resource, field, asOf],
    queryFn: async ({ signal }) => {
      const query = { resource, field, ...(asOf === null ? {} : { asOf }) };
      const { data } = await api.GET('/v1/explain', { params: { query }, signal });
      return data;
    },
  });

/** Why a field is what it is, part by part; a part that is a field itself leads on. */
export function WhyPanel({ resource, asOf, way, onWalk, onBack }: WhyPanelProps) {
  const field = way.at(-1) ?? '';
  const { data, error } = useExplanation(resource, field, asOf);
  return (
    <div className="stack" aria-live="polite">
      <Dialog.Title>Why {fieldText(field)}</Dialog.Title>
      {way.length > 1 ? (
        <div>
          <button type="button" className="button" onClick={onBack}>
            Back to {fieldText(way.at(-2) ?? '')}
          </button>
        </div>
      ) : null}
      <Alert error={error} />
      {data === undefined ? (
        <p className="soft">{error === null ? 'Asking the log …' : ''}</p>
      ) : (
        <>
          <p className="why-value">{valueText(data.value)}</p>
          <p className="soft">{data.rule}</p>
          <ol className="plain why-parts">
            {data.parts.map((part, index) => (
              <li key={`${index} ${part.label}`}>
                <PartOf part={part} onWalk={onWalk} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function PartOf({ part, onWalk }: { readonly part: Part; readonly onWalk: (pointer: string) => void }) {
  const { label, value, field, events } = part;
  return (
    <>
      <div className="sum">
        <span>
          <bdi>{label}</bdi>
        </span>
        <span className="facts">
          <strong>{valueText(value)}</strong>
          {field === undefined ? null : (
            <button type="button" className="button" onClick={() => onWalk(field)}>
              Why<span className="unseen"> {fieldText(field)}</span>…
            </button>
          )}
        </span>
      </div>
      {events.length === 0 ? null : <Events events={events} />}
    </>
  );
}

const Events = ({ events }: Pick<Part, 'events'>) => (
  <details className="details">
    <summary className="small soft">{events.length === 1 ? '1 event' : `${events.length} events`}</summary>
    <ul className="plain small">
      {events.map(({ eventId, title, type, at, contribution }) => (
        <li key={eventId}>
          <bdi>{title}</bdi>: {valueText(contribution)}
          <div className="soft">
            {timeText(at)} · <span className="mono break">{type}</span>
          </div>
        </li>
      ))}
    </ul>
  </details>
);
