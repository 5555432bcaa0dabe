import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useMisfit } from './use-misfit.js';

/** What every field of a form says of itself. */
export interface PartProps {
  /** Where its value is in the draft. */
  readonly name: string;
  readonly label: string;
  /** Told below it. */
  readonly help?: ComponentChildren;
  /** Which member of the request it is, where the draft has that under another name. */
  readonly place?: string;
}

/** What a control needs to be told together with its label, its help and what is wrong with it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'data-place': string;
  readonly 'data-name': string;
}

interface PartFrameProps extends PartProps {
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** A field with its label, its help, and what is wrong with it. */
export function Part({ name, label, help, place = name, children }: PartFrameProps) {
  const id = useId();
  const misfit = useMisfit(name);
  const [helpId, misfitId] = [`${id}-help`, `${id}-misfit`];
  const describedBy = [help === undefined ? '' : helpId, misfit === undefined ? '' : misfitId]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="part">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': misfit !== undefined,
        'aria-describedby': describedBy || undefined,
        'data-place': place,
        'data-name': name,
      })}
      <MisfitText id={misfitId} label={label} misfit={misfit} />
      {help === undefined ? null : (
        <p id={helpId} className="soft small">
          {help}
        </p>
      )}
    </div>
  );
}

interface MisfitTextProps {
  readonly id: string;
  readonly label: string;
  readonly misfit: string | undefined;
}

export const MisfitText = ({ id, label, misfit }: MisfitTextProps) =>
  misfit === undefined ? null : (
    <p id={id} className="misfit small">
      {label}
      {misfit}.
    </p>
  );
