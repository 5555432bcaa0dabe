import { useState } from 'preact/hooks';
import type { Schema } from '../../../shared/api/index.js';
import { ActionDialog, type Guard, type Target } from '../action/action-dialog.js';
import { ReasonField } from '../action/reason-field.js';
import { api } from '../engine.js';
import { COMPENSATED, RETRIED, stepsSince } from './in-words.js';

type Saga = Schema<'SagaDetail'>;
type Repair = Saga['repairs'][number];

/** A process as what a dialog acts upon. */
const targetOf = ({ name, id, version }: Saga): Target => ({
  version,
  queryKey: ['saga', name, id],
  changesSince: async (seen) => {
    const { data } = await api.GET('/v1/sagas/{name}/{id}', { params: { path: { name, id } } });
    return { titles: data === undefined ? [] : stepsSince(data, seen), version: data?.version ?? version };
  },
});

/** What a person can have a process do as it stands. */
export const RepairActions = ({ saga }: { readonly saga: Saga }) => (
  <div className="actions" role="group" aria-label="Actions">
    {saga.repairs.map((repair) => (
      <RepairAction key={repair} saga={saga} repair={repair} />
    ))}
  </div>
);

const LABELS: Readonly<Record<Repair, string>> = { retry: 'Try again', compensate: 'Bring to its failing end' };

function RepairAction({ saga, repair }: { readonly saga: Saga; readonly repair: Repair }) {
  const [reason, setReason] = useState('');
  const { name, id } = saga;
  const act = (header: Guard) => {
    const request = { params: { path: { name, id }, header }, body: { reason } };
    return repair === 'retry'
      ? api.POST('/v1/sagas/{name}/{id}/retry', request)
      : api.POST('/v1/sagas/{name}/{id}/compensate', request);
  };
  const isRetry = repair === 'retry';
  const words = isRetry ? RETRIED : COMPENSATED;
  return (
    <ActionDialog
      target={targetOf(saga)}
      label={LABELS[repair]}
      title={`${LABELS[repair]}: ${name.replaceAll('-', ' ')}`}
      confirm={isRetry ? 'Try it again' : 'Bring it to its failing end'}
      act={act}
      isDangerous={!isRetry}
    >
      <p>{words[name] ?? 'What is unanswered is sent again at once.'}</p>
      {saga.lastError === null ? null : <p className="soft">The last attempt: {saga.lastError.detail}</p>}
      <p className="soft">It is recorded on the order, with your name and the reason.</p>
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  );
}
