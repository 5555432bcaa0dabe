import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { FormProvider, useWatch, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { Link } from 'wouter';
import { ApiProblem, EngineAway, hasStatus } from '../../../shared/api/index.js';
import { Alert } from '../../../shared/ui/index.js';
import { Differences, type Difference, type Labels } from './differences.js';
import type { Reading } from './draft-reader.js';
import { Misfits, placed, type Misfit, type PlacedMisfit } from './misfits.js';
import { UnsavedChanges } from './unsaved-changes.js';
import { useEdit, type EditOptions } from './use-edit.js';

interface EditFormProps<Draft, Body, Saved> extends EditOptions<Draft, Body, Saved> {
  readonly title: string;
  /** On the button that saves. */
  readonly confirm: string;
  /** What saving it means for shoppers, beside that button. */
  readonly consequence: ComponentChildren;
  /** Where one goes without saving. */
  readonly back: string;
  /** Stands beside the fields. */
  readonly aside?: ComponentChildren;
  /** The fields. */
  readonly children: ComponentChildren;
}

/** A page with a form: its fields, beside them what they would change, and what went wrong. */
export function EditForm<Draft extends FieldValues, Body extends object, Saved>(
  props: EditFormProps<Draft, Body, Saved>,
) {
  const { title, confirm, consequence, back, aside, children, read, labels } = props;
  const edit = useEdit(props);
  const id = useId();
  const fields = useRef<HTMLFormElement>(null);
  const { form, error, missed } = edit;
  const unplaced = useShownMisfits(form, fields, error);
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    edit.submit();
  };
  const again = missed === null ? confirm : `${confirm} all the same`;
  return (
    <FormProvider {...form}>
      <UnsavedChanges isHeld={edit.isHeld} />
      <h1>{title}</h1>
      {edit.isResumed ? (
        <p role="status">What you typed before you were signed out is here again, not saved yet.</p>
      ) : null}
      <div className="form-page">
        <form id={id} ref={fields} className="card stack" onSubmit={submit}>
          {children}
        </form>
        <div className="form-side stack">
          {aside}
          <section className="card stack" aria-labelledby={`${id}-saving`}>
            <h2 id={`${id}-saving`}>What will change</h2>
            <div className="soft">{consequence}</div>
            <WillChange base={edit.base} read={read} labels={labels} isNew={props.reload === undefined} />
            <InView of={error}>
              <Trouble error={error} missed={missed} unplaced={unplaced} />
            </InView>
            <div className="dialog-buttons">
              <Link href={back} className="button">
                Leave it
              </Link>
              <button type="submit" form={id} className="button primary" disabled={edit.isPending}>
                {edit.isPending ? 'Asking the engine …' : again}
              </button>
            </div>
          </section>
        </div>
      </div>
    </FormProvider>
  );
}

interface WillChangeProps<Draft, Body> {
  readonly base: Draft;
  readonly read: (draft: Draft) => Reading<Body>;
  readonly labels: Labels;
  readonly isNew: boolean;
}

/** What saving would change by now; of what is new everything would. */
function WillChange<Draft, Body>({ base, read, labels, isNew }: WillChangeProps<Draft, Body>) {
  const typed = useWatch() as Draft;
  if (isNew) return null;
  const differences = new Differences(labels).between(read(base).body, read(typed).body);
  if (differences.length === 0) return <p className="soft">Nothing yet.</p>;
  return <DifferenceList differences={differences} />;
}

const DifferenceList = ({ differences }: { readonly differences: readonly Difference[] }) => (
  <ul className="differences small">
    {differences.map(({ name, before, after }, index) => (
      <li key={`${index} ${name}`}>
        <strong>{name}</strong>{' '}
        <span className="break">
          <del>{before}</del> <span aria-hidden="true">→</span> <ins>{after}</ins>
        </span>
      </li>
    ))}
  </ul>
);

/** Brings what it holds into view when that comes up, however much there is above it. */
function InView({ of, children }: { readonly of: unknown; readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (of !== null) place.current?.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }, [of]);
  return <div ref={place}>{children}</div>;
}

interface TroubleProps {
  readonly error: unknown;
  readonly missed: readonly Difference[] | null;
  readonly unplaced: readonly string[];
}

/** What went wrong; what is wrong with a field is said beside that. */
function Trouble({ error, missed, unplaced }: TroubleProps) {
  if (hasStatus(error, 412) && missed !== null) {
    return (
      <Alert error={new Error('Nothing was saved: somebody else has changed it since you opened it.')}>
        {missed.length === 0 ? (
          <p>Nothing that you see here is another now.</p>
        ) : (
          <DifferenceList differences={missed} />
        )}
        <p>What you typed is still here. Look at what will change now.</p>
      </Alert>
    );
  }
  if (misfitsOf(error).length === 0) {
    return (
      <Alert error={error} isOfAction>
        {error instanceof EngineAway ? <p>Nothing of what you typed is lost: try again once it is back.</p> : null}
        <Code error={error} />
      </Alert>
    );
  }
  return (
    <Alert error={new Error('Nothing was saved: what is wrong is said beside the fields.')}>
      {unplaced.map((text) => (
        <p key={text}>{text}.</p>
      ))}
      <Code error={error} />
    </Alert>
  );
}

const Code = ({ error }: { readonly error: unknown }) =>
  error instanceof ApiProblem ? <p className="mono small">{error.problem.code}</p> : null;

function misfitsOf(error: unknown): readonly Misfit[] {
  if (error instanceof Misfits) return error.misfits;
  return error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
}

/** Shows what is wrong beside the fields, leads to the first of them, and answers what none of them has. */
function useShownMisfits<Draft extends FieldValues>(
  form: UseFormReturn<Draft>,
  fields: { readonly current: HTMLFormElement | null },
  error: unknown,
): readonly string[] {
  const [unplaced, setUnplaced] = useState<readonly string[]>([]);
  const shown = useRef<unknown>(null);
  const misfits = misfitsOf(error);
  useLayoutEffect(() => {
    if (shown.current === error) return;
    shown.current = error;
    const parts = [...(fields.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    const found = misfits.map((misfit) => placed(misfit, parts.map(placeOf)));
    showAt(form, parts, found);
    setUnplaced(found.filter(({ place }) => place === null).map(({ text }) => text));
  });
  return unplaced;
}

const placeOf = (part: HTMLElement): string => part.dataset['place'] ?? '';

function showAt<Draft extends FieldValues>(
  form: UseFormReturn<Draft>,
  parts: readonly HTMLElement[],
  misfits: readonly PlacedMisfit[],
): void {
  const textsAt = (part: HTMLElement) => misfits.filter(({ place }) => place === placeOf(part)).map(({ text }) => text);
  const wrong = parts.filter((part) => textsAt(part).length > 0);
  for (const part of wrong) {
    const message = textsAt(part).join('; ');
    form.setError((part.dataset['name'] ?? '') as never, { type: 'engine', message });
  }
  const [first] = wrong;
  (first?.querySelector<HTMLElement>('input, select, textarea, button') ?? first)?.focus();
}
