import { useState } from 'preact/hooks';
import { dayOf, timeOfDay } from '../../../../shared/format/index.js';
import { actorText, byDayAndTime, type Entry } from '../timeline.js';

interface TimelineProps {
  readonly entries: readonly Entry[];
  readonly asOf: string | null;
  /** Takes the page to the time of an entry. */
  readonly onChoose: (at: string) => void;
  /** Loads what comes after; null where there is no more. */
  readonly onMore: (() => void) | null;
}

/** All that happened, over all streams that touched the order, oldest first. */
export function Timeline({ entries, onMore, ...shared }: TimelineProps) {
  return (
    <section className="card" aria-labelledby="timeline">
      <h2 id="timeline">What happened</h2>
      {byDayAndTime(entries, dayOf).map(({ day, times }) => (
        <div key={day}>
          <h3 className="day">{day}</h3>
          <ol className="timeline">
            {times.map((group) => (
              <Group key={group[0]?.eventId} entries={group} {...shared} />
            ))}
          </ol>
        </div>
      ))}
      {onMore === null ? null : (
        <button type="button" className="button" onClick={onMore}>
          Show what came after
        </button>
      )}
    </section>
  );
}

/** What happened at one time. */
function Group({ entries, asOf, onChoose }: Omit<TimelineProps, 'onMore'>) {
  const at = entries[0]?.at ?? '';
  const isLater = asOf !== null && at > asOf;
  return (
    <li className={isLater ? 'later' : undefined}>
      <button type="button" className="moment" title="Show the page as it was then" onClick={() => onChoose(at)}>
        <time dateTime={at}>{timeOfDay(at)}</time>
      </button>
      <ul>
        {isLater ? <li className="small">Not yet:</li> : null}
        {entries.map((entry) => (
          <li key={entry.eventId}>
            <Happened entry={entry} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Happened({ entry }: { readonly entry: Entry }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <bdi>{entry.summary}</bdi>{' '}
        <span className="soft small">
          by <bdi>{actorText(entry)}</bdi>
        </span>
      </summary>
      {isOpen ? <Recorded entry={entry} /> : null}
    </details>
  );
}

/** The event as it stands in the log. */
const Recorded = ({ entry }: { readonly entry: Entry }) => (
  <>
    <p className="soft small mono break">
      {entry.type} · {entry.stream} @ {entry.revision} · {entry.eventId}
    </p>
    <pre tabIndex={0}>{JSON.stringify(entry.data, null, 2)}</pre>
  </>
);
