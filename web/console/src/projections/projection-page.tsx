import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { hasStatus } from '../../../shared/api/index.js';
import { useStore } from '../../../shared/store.js';
import { Alert, Field, Status } from '../../../shared/ui/index.js';
import { ActionDialog } from '../action/action-dialog.js';
import { api } from '../engine.js';
import { session } from '../session.js';
import { ParkedKeys } from './parked-keys.js';
import { targetOf } from './projection-target.js';

const FOLLOW_MS = 2_000;

const useProjection = (name: string) =>
  useQuery({
    queryKey: ['projection', name, 'state'],
    refetchInterval: FOLLOW_MS,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/projections/{name}', { params: { path: { name } }, signal });
      return data;
    },
  });

/** The last rebuild that was asked for; null where there was none. */
const useRebuild = (name: string) =>
  useQuery({
    queryKey: ['projection', name, 'rebuild'],
    refetchInterval: FOLLOW_MS,
    queryFn: async ({ signal }) => {
      try {
        const { data } = await api.GET('/v1/projections/{name}/rebuild', { params: { path: { name } }, signal });
        return data ?? null;
      } catch (error) {
        if (hasStatus(error, 404)) return null;
        throw error;
      }
    },
  });

/** How far a read model has come, what it could not apply, and how its rebuild stands. */
export default function ProjectionPage() {
  const { name = '' } = useParams<{ name: string }>();
  const { data: model, error } = useProjection(name);
  const isAdmin = useStore(session)?.role === 'admin';
  return (
    <>
      <div className="order-title">
        <h1>{name.replaceAll('-', ' ')}</h1>
        {model === undefined ? null : <Status value={model.state} />}
      </div>
      <Alert error={error} />
      {model === undefined ? null : <Facts model={model} />}
      {isAdmin && model !== undefined ? (
        <div className="order-grid">
          <ParkedKeys name={name} />
          <Rebuilding name={name} />
        </div>
      ) : null}
    </>
  );
}

const Facts = ({ model }: { readonly model: Schema<'Projection'> }) => (
  <p className="soft facts">
    <span>
      Version <Field field="/version">{model.version}</Field>, build <Field field="/build">{model.build}</Field>
    </span>
    <span>
      Behind the log by <Field field="/lag">{model.lag}</Field>
    </span>
    <span>
      Position{' '}
      <Field field="/position" mono>
        {model.position || 'none yet'}
      </Field>
    </span>
  </p>
);

function Rebuilding({ name }: { readonly name: string }) {
  const { data: rebuild, error } = useRebuild(name);
  const act = () => api.POST('/v1/projections/{name}/rebuild', { params: { path: { name } } });
  return (
    <section className="card" aria-labelledby="rebuild">
      <h2 id="rebuild">Rebuild</h2>
      <Alert error={error} />
      <div aria-live="polite">
        {rebuild === undefined ? null : rebuild === null ? (
          <p className="soft">None was asked for.</p>
        ) : (
          <Progress rebuild={rebuild} />
        )}
      </div>
      <ActionDialog target={targetOf(name)} label="Rebuild" title={`Rebuild ${name}`} confirm="Rebuild it" act={act}>
        <p>
          It is built anew from the whole log, beside the one that is read, compared with it and put in its place. What
          is read stays meanwhile.
        </p>
      </ActionDialog>
    </section>
  );
}

const Progress = ({ rebuild }: { readonly rebuild: Schema<'Rebuild'> }) => (
  <>
    <p className="facts">
      <Status value={rebuild.state} />
      <span className="mono small">
        {rebuild.position || 'none yet'} of {rebuild.head || '…'}
      </span>
    </p>
    {rebuild.state === 'done' ? <p>Every document was the same.</p> : null}
    {rebuild.differing > 0 ? <p className="notice bad">{rebuild.differing} documents were not the same.</p> : null}
    {rebuild.error === null ? null : <p className="notice bad">{rebuild.error}</p>}
  </>
);
