import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import type { Schema } from '../../../../shared/api/index.js';
import { timeText } from '../../../../shared/format/index.js';
import { Alert } from '../../../../shared/ui/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { api } from '../../engine.js';
import { targetOf } from '../actions/order-target.js';
import { actorText } from '../timeline.js';

const MOST = 100;

/** Follows the order: a note is an event of it, so that `version` tells whether there is a new one. */
const useNotes = ({ orderId: id, version }: Schema<'Order'>) =>
  useQuery({
    queryKey: ['order', id, 'notes', version],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: MOST } };
      const { data } = await api.GET('/v1/orders/{id}/notes', { params, signal });
      return data;
    },
  });

/** What staff noted of the order, and a way to note more. */
export function Notes({ order }: { readonly order: Schema<'Order'> }) {
  const { data, error } = useNotes(order);
  const notes = data?.items ?? [];
  return (
    <section className="card" aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <Alert error={error} />
      {notes.length === 0 ? <p className="soft">Nobody has noted anything.</p> : null}
      <ul className="plain">
        {notes.map(({ noteId, text, actor, createdAt }) => (
          <li key={noteId}>
            <p className="note">
              <bdi>{text ?? 'Gone with the buyer, who was forgotten.'}</bdi>
            </p>
            <span className="soft small">
              <bdi>{actorText({ actor: actor })}</bdi>, {timeText(createdAt)}
            </span>
          </li>
        ))}
      </ul>
      <NoteAction order={order} />
    </section>
  );
}

function NoteAction({ order }: { readonly order: Schema<'Order'> }) {
  const [text, setText] = useState('');
  // A note is right whatever happened to the order meanwhile.
  const act = async ({ 'Idempotency-Key': key }: Guard) => {
    const params = { path: { id: order.orderId }, header: { 'Idempotency-Key': key } };
    await api.POST('/v1/orders/{id}/notes', { params, body: { text } });
    setText('');
  };
  return (
    <ActionDialog target={targetOf(order)} label="Add a note" title="Add a note" confirm="Note it" act={act}>
      <p>
        Support and admin see it; the buyer does not. It stays in the order’s history and is gone with the buyer’s data.
      </p>
      <label className="stack tight">
        <span>Note</span>
        <textarea
          className="input"
          rows={4}
          required
          maxLength={4000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
    </ActionDialog>
  );
}
