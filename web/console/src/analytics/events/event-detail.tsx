import type { ComponentChildren } from 'preact';
import { momentText } from '../../../../shared/format/index.js';
import { Alert } from '../../../../shared/ui/index.js';
import { CopyButton } from '../../reports/copy-button.js';
import { useEventType, type EventLine } from './feed.js';
import type { EventQuestion } from './question.js';

interface EventDetailProps {
  readonly event: EventLine;
  readonly onAsk: (question: EventQuestion) => void;
  readonly onClose: () => void;
}

const inLines = (value: unknown): string => JSON.stringify(value, null, 2);

/** One event whole, with what is known of its type beside it. */
export function EventDetail({ event, onAsk, onClose }: EventDetailProps) {
  const { type, stream, correlationId, actor } = event;
  return (
    <section className="card stack" aria-label="The chosen event" id="event">
      <div className="page-head">
        <h2 className="break">{type}</h2>
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
      <dl className="pairs">
        <Pair name="Recorded">{momentText(event.at)}</Pair>
        <Pair name="Position">{event.position}</Pair>
        <Pair name="Stream">
          {stream}, revision {event.revision}
        </Pair>
        <Pair name="Actor">{actor}</Pair>
        <Pair name="Id">{event.id}</Pair>
        <Pair name="Request">{correlationId}</Pair>
        <Pair name="Caused by">{event.causationId ?? 'a request'}</Pair>
      </dl>
      <div className="actions">
        <button type="button" className="button" onClick={() => onAsk({ correlationId })}>
          All of this request
        </button>
        <button type="button" className="button" onClick={() => onAsk({ stream })}>
          This stream
        </button>
        <button type="button" className="button" onClick={() => onAsk({ type })}>
          This type
        </button>
        <CopyButton label="Copy as JSON" text={() => inLines(event)} />
      </div>
      <div className="beside">
        <Code title="Data">{inLines(event.data)}</Code>
        <TypeOf type={type} />
      </div>
    </section>
  );
}

const Pair = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt className="soft small">{name}</dt>
    <dd className="mono break">{children}</dd>
  </div>
);

const Code = ({ title, children }: { readonly title: string; readonly children: string }) => (
  <div>
    <h3>{title}</h3>
    <pre className="code" tabIndex={0} role="region" aria-label={title}>
      {children}
    </pre>
  </div>
);

function TypeOf({ type }: { readonly type: string }) {
  const { data, error } = useEventType(type);
  if (data === undefined) return <Alert error={error} />;
  const { schema, example, personal, producers, consumers, upcast } = data;
  return (
    <div>
      <Code title="Schema of the data">{inLines(schema)}</Code>
      <Code title="Example">{inLines(example)}</Code>
      <dl className="pairs">
        <Pair name="Null for analysts">{personal.length === 0 ? 'nothing' : personal.join(', ')}</Pair>
        <Pair name="Recorded by">{producers.join(', ') || 'nobody'}</Pair>
        <Pair name="Taken by">{consumers.join(', ') || 'nobody'}</Pair>
        {upcast === null ? null : <Pair name="Shown as">{upcast}</Pair>}
      </dl>
    </div>
  );
}
