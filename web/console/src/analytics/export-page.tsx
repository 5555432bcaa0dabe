import { useState } from 'preact/hooks';
import { Link } from 'wouter';
import { CopyButton } from '../reports/copy-button.js';
import { apiTime } from './events/question.js';
import { exportCommand, FORMATS, readingOf, type Export, type Format } from './export-command.js';

const BY = { '': 'one file (Parquet: a file a type)', type: 'a file a type', day: 'a file a day' } as const;

/** How the log is taken along: the commands, ready to be copied. */
export default function ExportPage() {
  const [chosen, setChosen] = useState<Export>({ format: 'parquet', by: '', from: '', to: '' });
  const choose = (change: Partial<Export>) => setChosen({ ...chosen, ...change });
  return (
    <>
      <h1>Export</h1>
      <p className="soft">
        An export holds what you read under <Link href="/analytics/events">Events</Link>: what is personal is null. It
        goes on where it was cut off, and adds what is new when it is run again. It is run where the engine’s data are.
      </p>
      <form className="card filters" onSubmit={(event) => event.preventDefault()}>
        <label className="stack tight">
          <span>Format</span>
          <select
            className="input"
            value={chosen.format}
            onChange={(event) => choose({ format: event.currentTarget.value as Format })}
          >
            {Object.entries(FORMATS).map(([format, name]) => (
              <option key={format} value={format}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="stack tight">
          <span>Files</span>
          <select
            className="input"
            value={chosen.by}
            onChange={(event) => choose({ by: event.currentTarget.value as Export['by'] })}
          >
            {Object.entries(BY).map(([by, name]) => (
              <option key={by} value={by}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Moment label="From" onChange={(from) => choose({ from })} />
        <Moment label="To" onChange={(to) => choose({ to })} />
      </form>
      <Command title="Export" text={exportCommand(chosen)} />
      <Command title="Read it with DuckDB" text={readingOf(chosen)} />
      <p className="soft small">
        manifest.json names every file with how many events it has, and the position up to which they go.
      </p>
    </>
  );
}

const Moment = ({ label, onChange }: { readonly label: string; readonly onChange: (time: string) => void }) => (
  <label className="stack tight">
    <span>{label}</span>
    <input
      className="input"
      type="datetime-local"
      step={1}
      onChange={(event) => onChange(apiTime(event.currentTarget.value) ?? '')}
    />
  </label>
);

const Command = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <section className="card" aria-label={title}>
    <div className="page-head">
      <h2>{title}</h2>
      <CopyButton label="Copy" text={() => text} />
    </div>
    <pre className="code" tabIndex={0} role="region" aria-label={`Command: ${title}`}>
      {text}
    </pre>
  </section>
);
