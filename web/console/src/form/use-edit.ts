import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useForm, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { ApiProblem, hasStatus } from '../../../shared/api/index.js';
import { queries } from '../engine.js';
import { session } from '../session.js';
import { Differences, type Difference, type Labels } from './differences.js';
import type { Reading } from './draft-reader.js';
import { keepDraft, takeDraft } from './kept-drafts.js';
import { rebased } from './merge.js';
import { Misfits } from './misfits.js';

/** What a form edits. */
export interface Edited<Draft> {
  /** As the engine has it, written as it is typed. */
  readonly draft: Draft;
  /** Its revision; null where there is nothing yet, or nothing to compare it with. */
  readonly version: number | null;
}

/** A request that saves what was typed. */
export interface Saving<Body> {
  readonly body: Body;
  /** What the engine has. */
  readonly before: Body;
  /** It is done once, and on what was seen alone. */
  readonly header: { readonly 'Idempotency-Key': string; readonly 'If-Match'?: string };
}

export interface EditOptions<Draft, Body, Saved> {
  /** Names the form among others of the console. */
  readonly name: string;
  readonly edited: Edited<Draft>;
  readonly read: (draft: Draft) => Reading<Body>;
  /** Sends it; a refusal is thrown. */
  readonly save: (saving: Saving<Body>) => Promise<Saved>;
  /** What the engine has by now, where somebody else was faster. */
  readonly reload?: () => Promise<Edited<Draft>>;
  readonly labels: Labels;
  readonly onSaved: (saved: Saved) => void;
}

export interface Edit<Draft extends FieldValues> {
  readonly form: UseFormReturn<Draft>;
  readonly submit: () => void;
  readonly error: unknown;
  readonly isPending: boolean;
  /** What others have changed since it was opened; null where nobody has. */
  readonly missed: readonly Difference[] | null;
  /** What the form began with, as the engine has it. */
  readonly base: Draft;
  /** Whether something was typed that is not saved. */
  readonly isHeld: () => boolean;
  /** Whether it goes on with what was typed before its author was signed out. */
  readonly isResumed: boolean;
}

/** Edits a draft, and saves it on the version that was seen. What was typed stays whatever the engine says, and through a sign-out. */
export function useEdit<Draft extends FieldValues, Body extends object, Saved>(
  options: EditOptions<Draft, Body, Saved>,
): Edit<Draft> {
  const { name, read, save, reload, labels, onSaved } = options;
  const [edited, setEdited] = useState(options.edited);
  const [missed, setMissed] = useState<readonly Difference[] | null>(null);
  const form = useForm<Draft>({ defaultValues: edited.draft as never, mode: 'onChange' });
  const { isDirty } = form.formState;
  const held = useRef(false);
  held.current = isDirty;
  const isResumed = useKept({ name, form, base: edited.draft, isHeld: () => held.current });
  const request = useRef({ key: '', sent: '' });
  const mutation = useMutation({
    mutationFn: () => {
      const { body, misfits } = read(form.getValues());
      if (misfits.length > 0) throw new Misfits(misfits);
      const sent = JSON.stringify(body);
      // Without an answer nobody knows whether it was done: the same key makes sure that it is done once.
      if (sent !== request.current.sent) request.current = { key: crypto.randomUUID(), sent };
      const match = edited.version === null ? {} : { 'If-Match': `"${edited.version}"` };
      const header = { 'Idempotency-Key': request.current.key, ...match };
      return save({ body, before: read(edited.draft).body, header });
    },
    onSuccess: (saved) => {
      held.current = false;
      // What other pages showed before is of an earlier revision: who acts upon it would be refused.
      queries.removeQueries({ type: 'inactive' });
      void queries.invalidateQueries();
      onSaved(saved);
    },
    onError: async (error) => {
      if (error instanceof ApiProblem) request.current = { key: '', sent: '' };
      if (!hasStatus(error, 412) || reload === undefined) return;
      const now = await reload();
      const typed = rebased<Draft>(edited.draft, form.getValues(), now.draft);
      form.reset(now.draft as never);
      form.reset(typed, { keepDefaultValues: true });
      setEdited(now);
      setMissed(new Differences(labels).between(read(edited.draft).body, read(now.draft).body));
    },
  });
  const submit = () => {
    form.clearErrors();
    mutation.mutate();
  };
  const { error, isPending } = mutation;
  return { form, submit, error, isPending, missed, base: edited.draft, isHeld: () => held.current, isResumed };
}

interface Keeping<Draft extends FieldValues> {
  readonly name: string;
  readonly form: UseFormReturn<Draft>;
  readonly base: Draft;
  readonly isHeld: () => boolean;
}

/** Keeps what was typed when somebody is signed out, and brings it back, upon what is there by then, once they are here again. */
function useKept<Draft extends FieldValues>({ name, form, base, isHeld }: Keeping<Draft>): boolean {
  const [kept] = useState(() => takeDraft(name, session.get()?.subject));
  const latest = useRef(base);
  latest.current = base;
  useEffect(() => {
    const subject = session.get()?.subject ?? '';
    if (kept !== undefined) {
      form.reset(rebased(kept.base as Draft, kept.typed as Draft, base), { keepDefaultValues: true });
    }
    return () => {
      if (session.get() === null && isHeld()) {
        keepDraft(name, { subject, base: latest.current, typed: form.getValues() });
      }
    };
  }, []);
  return kept !== undefined;
}
