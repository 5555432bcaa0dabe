import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { momentText } from '../../../shared/format/index.js';
import { Alert, Status } from '../../../shared/ui/index.js';
import { useStore } from '../../../shared/store.js';
import { api } from '../engine.js';
import { session } from '../session.js';
import { RepairActions } from './repair-actions.js';

type Saga = Schema<'SagaDetail'>;

const useSaga = (name: string, id: string) =>
  useQuery({
    queryKey: ['saga', name, id],
    refetchInterval: 2_500,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/sagas/{name}/{id}', { params: { path: { name, id } }, signal });
      return data;
    },
  });

/** A process with what it waits for, why it does not go on, and what it did. */
export default function SagaPage() {
  const { name = '', id = '' } = useParams<{ name: string; id: string }>();
  const { data: saga, error } = useSaga(name, decodeURIComponent(id));
  const isAdmin = useStore(session)?.role === 'admin';
  return (
    <>
      <div className="order-title">
        <h1>{name.replaceAll('-', ' ')}</h1>
        {saga === undefined ? null : <Status value={saga.state} />}
      </div>
      <Alert error={error} />
      {isAdmin && saga !== undefined && saga.repairs.length > 0 ? <RepairActions saga={saga} /> : null}
      {saga === undefined ? null : <Told saga={saga} />}
    </>
  );
}

const Told = ({ saga }: { readonly saga: Saga }) => (
  <>
    <p className="soft facts">
      <span className="mono break">{saga.id}</span>
      <span>since {momentText(saga.since)}</span>
      {saga.orderId === null ? null : <Link href={`/orders/${saga.orderId}`}>Its order</Link>}
    </p>
    {saga.lastError === null ? null : (
      <p className="notice bad">
        {saga.lastError.detail} <code>{saga.lastError.code}</code>
        {saga.attempts > 1 ? ` after ${saga.attempts} attempts` : ''}
        {saga.nextAttemptAt === null ? '' : `; the next attempt is at ${momentText(saga.nextAttemptAt)}`}
      </p>
    )}
    <section className="card" aria-labelledby="waits">
      <h2 id="waits">What it waits for</h2>
      {saga.unanswered.length + saga.timers.length === 0 ? (
        <p className="soft">
          {saga.state === 'done' ? 'Nothing: it is done.' : 'What happens next to what it is about.'}
        </p>
      ) : null}
      <ul className="plain">
        {saga.unanswered.map((command) => (
          <li key={command.commandId}>
            The answer to <CommandText command={command} />
          </li>
        ))}
        {saga.timers.map(({ name, due }) => (
          <li key={name}>
            The timer <code>{name}</code> at {momentText(due)}
          </li>
        ))}
      </ul>
    </section>
    <section className="card" aria-labelledby="steps">
      <h2 id="steps">What it did</h2>
      <ol className="timeline dated">
        {saga.steps.map((step, index) => (
          <Step key={`${index} ${step.at}`} step={step} />
        ))}
      </ol>
    </section>
  </>
);

const CommandText = ({ command }: { readonly command: Schema<'SagaCommand'> }) => (
  <>
    <strong>{command.type}</strong> of {command.target} <span className="mono small break">{command.id}</span>
  </>
);

const Step = ({ step }: { readonly step: Schema<'SagaStep'> }) => (
  <li>
    <time className="small soft" dateTime={step.at}>
      {momentText(step.at)}
    </time>
    <ul>
      {step.inputs.map(({ kind, name, outcome, code }, index) => (
        <li key={`${index} ${name}`}>
          {kind} <code>{name}</code> {outcome === undefined ? '' : outcome}{' '}
          {code === undefined ? null : <code>{code}</code>}
        </li>
      ))}
      {step.commands.map((command) => (
        <li key={command.commandId}>
          → <CommandText command={command} />
        </li>
      ))}
    </ul>
  </li>
);
