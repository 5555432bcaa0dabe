import { Dialog } from '@base-ui/react/dialog';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Schema } from '../../../../shared/api/index.js';
import { ApiProblem, hasStatus } from '../../../../shared/api/index.js';
import { Alert } from '../../../../shared/ui/index.js';
import { api, queries } from '../../engine.js';
import { inWords, namesOf, type Entry } from '../timeline.js';

type Order = Schema<'Order'>;

/** What every write sends along: the same request is done once, and on what was seen alone. */
export interface Guard {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match': string;
}

interface ActionDialogProps {
  readonly order: Order;
  /** On the button that opens the dialog, and its title. */
  readonly label: string;
  readonly title: string;
  readonly confirm: string;
  /** Sends the request; a refusal is thrown. */
  readonly act: (guard: Guard) => Promise<unknown>;
  /** What will happen and the fields of the form. */
  readonly children: ComponentChildren;
  readonly isDangerous?: boolean;
}

/** What happened to the order since a revision of it. */
async function changesSince(orderId: string, version: number): Promise<readonly Entry[]> {
  const params = { path: { id: orderId }, query: { limit: 100 } };
  const { data } = await api.GET('/v1/orders/{id}/history', { params });
  return (data?.items ?? []).filter(({ stream, revision }) => stream === `order-${orderId}` && revision > version);
}

/** Sends an action once, on the version that was seen when the dialog was opened. */
function useAction(order: Order, onDone: () => void) {
  const seen = useRef({ version: order.version, key: '' });
  const [changes, setChanges] = useState<readonly Entry[]>([]);
  const mutation = useMutation({
    // Handed over with the event: what is kept from render to render may be a key press behind.
    mutationFn: (act: ActionDialogProps['act']) =>
      act({ 'Idempotency-Key': seen.current.key, 'If-Match': `"${seen.current.version}"` }),
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: ['order', order.orderId] });
    },
    onError: async (error) => {
      // Without an answer nobody knows whether it was done: the same key makes sure that it is done once.
      if (error instanceof ApiProblem) seen.current.key = crypto.randomUUID();
      if (!hasStatus(error, 412)) return;
      const missed = await changesSince(order.orderId, seen.current.version);
      seen.current.version = missed.at(-1)?.revision ?? order.version;
      setChanges(missed);
      void queries.invalidateQueries({ queryKey: ['order', order.orderId] });
    },
  });
  const begin = () => {
    seen.current = { version: order.version, key: crypto.randomUUID() };
    setChanges([]);
    mutation.reset();
  };
  return { ...mutation, changes, begin };
}

/** A button whose dialog says what will happen, asks for what is needed and does it when that is confirmed. */
export function ActionDialog(props: ActionDialogProps) {
  const { order, label, title, confirm, act, children, isDangerous = false } = props;
  const [isOpen, setIsOpen] = useState(false);
  const action = useAction(order, () => setIsOpen(false));
  const change = (open: boolean) => {
    if (open) action.begin();
    setIsOpen(open);
  };
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    action.mutate(act);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={change}>
      <Dialog.Trigger className={isDangerous ? 'button danger' : 'button'}>{label}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{title}</Dialog.Title>
          <form className="stack" onSubmit={submit}>
            {children}
            <Trouble error={action.error} changes={action.changes} order={order} />
            <div className="dialog-buttons">
              <Dialog.Close className="button">Leave it</Dialog.Close>
              <button
                type="submit"
                className={`button ${isDangerous ? 'danger' : 'primary'}`}
                disabled={action.isPending}
              >
                {action.isPending
                  ? 'Asking the engine …'
                  : action.changes.length > 0
                    ? `${confirm} all the same`
                    : confirm}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface TroubleProps {
  readonly error: unknown;
  readonly changes: readonly Entry[];
  readonly order: Order;
}

function Trouble({ error, changes, order }: TroubleProps) {
  if (!hasStatus(error, 412)) return <Alert error={error} isOfAction />;
  return (
    <Alert error={new Error('Nothing was done: the order has changed since you opened this.')}>
      <ul>
        {changes.map(({ eventId, title }) => (
          <li key={eventId}>{inWords(title, namesOf(order))}</li>
        ))}
      </ul>
    </Alert>
  );
}
