import { Dialog } from '@base-ui/react/dialog';
import { useMutation, type QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { ApiProblem, hasStatus } from '../../../shared/api/index.js';
import { Alert } from '../../../shared/ui/index.js';
import { queries } from '../engine.js';

/** What every write sends along: the same request is done once, and on what was seen alone. */
export interface Guard {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match': string;
}

/** What the dialog acts upon. */
export interface Target {
  /** Its revision, as the page shows it. */
  readonly version: number;
  /** What happened to it since a revision, in words, and its revision now. */
  readonly changesSince: (version: number) => Promise<{ readonly titles: readonly string[]; readonly version: number }>;
  /** The queries that show it. */
  readonly queryKey: QueryKey;
}

interface ActionDialogProps {
  readonly target: Target;
  /** On the button that opens the dialog. */
  readonly label: string;
  readonly title: string;
  readonly confirm: string;
  /** Sends the request; a refusal is thrown. */
  readonly act: (guard: Guard) => Promise<unknown>;
  /** What will happen and the fields of the form. */
  readonly children: ComponentChildren;
  readonly isDangerous?: boolean;
}

/** Sends an action once, on the version that was seen when the dialog was opened. */
function useAction(target: Target, onDone: () => void) {
  const seen = useRef({ version: target.version, key: '' });
  const [changes, setChanges] = useState<readonly string[]>([]);
  const refresh = () => queries.invalidateQueries({ queryKey: target.queryKey });
  const mutation = useMutation({
    // Handed over with the event: what is kept from render to render may be a key press behind.
    mutationFn: (act: ActionDialogProps['act']) =>
      act({ 'Idempotency-Key': seen.current.key, 'If-Match': `"${seen.current.version}"` }),
    onSuccess: () => {
      onDone();
      return refresh();
    },
    onError: async (error) => {
      // Without an answer nobody knows whether it was done: the same key makes sure that it is done once.
      if (error instanceof ApiProblem) seen.current.key = crypto.randomUUID();
      if (!hasStatus(error, 412)) return;
      const missed = await target.changesSince(seen.current.version);
      seen.current.version = missed.version;
      setChanges(missed.titles);
      void refresh();
    },
  });
  const begin = () => {
    seen.current = { version: target.version, key: crypto.randomUUID() };
    setChanges([]);
    mutation.reset();
  };
  return { ...mutation, changes, begin };
}

/** A button whose dialog says what will happen, asks for what is needed and does it when that is confirmed. */
export function ActionDialog(props: ActionDialogProps) {
  const { target, label, title, confirm, act, children, isDangerous = false } = props;
  const [isOpen, setIsOpen] = useState(false);
  const action = useAction(target, () => setIsOpen(false));
  const change = (open: boolean) => {
    if (open) action.begin();
    setIsOpen(open);
  };
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    action.mutate(act);
  };
  const again = action.changes.length > 0 ? `${confirm} all the same` : confirm;
  return (
    <Dialog.Root open={isOpen} onOpenChange={change}>
      <Dialog.Trigger className={isDangerous ? 'button danger' : 'button'}>{label}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{title}</Dialog.Title>
          <form className="stack" onSubmit={submit}>
            {children}
            <Trouble error={action.error} changes={action.changes} />
            <div className="dialog-buttons">
              <Dialog.Close className="button">Leave it</Dialog.Close>
              <button
                type="submit"
                className={`button ${isDangerous ? 'danger' : 'primary'}`}
                disabled={action.isPending}
              >
                {action.isPending ? 'Asking the engine …' : again}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Trouble({ error, changes }: { readonly error: unknown; readonly changes: readonly string[] }) {
  if (!hasStatus(error, 412)) return <Alert error={error} isOfAction />;
  return (
    <Alert error={new Error('Nothing was done: it has changed since you opened this.')}>
      <ul>
        {changes.map((title, index) => (
          <li key={`${index} ${title}`}>{title}</li>
        ))}
      </ul>
    </Alert>
  );
}
