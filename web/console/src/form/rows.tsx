import { useId, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { MisfitText, type PartProps } from './part.js';
import { useMisfit } from './use-misfit.js';

interface RowsProps<Row extends object> extends PartProps {
  /** What one of them is called, such as `rate`. */
  readonly one: string;
  /** What a row that is added begins as. */
  readonly empty: Row;
  /** Whether it makes a difference which comes first. */
  readonly isOrdered?: boolean;
  /** The fields of a row, whose names begin with this. */
  readonly children: (name: string) => ComponentChildren;
}

/** Rows that can be added and removed, and moved where their order says something. */
export function Rows<Row extends object>(props: RowsProps<Row>) {
  const { name, label, help, place = name, one, empty, isOrdered = false, children } = props;
  const { control } = useFormContext();
  const { fields, append, remove, move } = useFieldArray({ control, name });
  const adder = useRef<HTMLButtonElement>(null);
  const removeRow = (index: number) => {
    remove(index);
    // The button that was pressed is gone.
    adder.current?.focus();
  };
  return (
    <Group name={name} label={label} place={place} {...(help === undefined ? {} : { help })}>
      {fields.map(({ id }, index) => (
        <Row
          key={id}
          name={`${name}.${index}`}
          title={`${one} ${index + 1}`}
          one={one}
          onRemove={() => removeRow(index)}
          onMoveUp={isOrdered && index > 0 ? () => move(index, index - 1) : null}
        >
          {children(`${name}.${index}`)}
        </Row>
      ))}
      <button type="button" className="button adder" ref={adder} onClick={() => append(structuredClone(empty))}>
        Add {article(one)} {one}
      </button>
    </Group>
  );
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? 'an' : 'a');

interface RowProps extends Pick<RowsProps<object>, 'name' | 'one'> {
  readonly title: string;
  readonly onRemove: () => void;
  /** Null where it cannot be moved up. */
  readonly onMoveUp: (() => void) | null;
  readonly children: ComponentChildren;
}

function Row({ name, title, one, onRemove, onMoveUp, children }: RowProps) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const misfit = useMisfit(`${name}.root`);
  const moveUp = () => {
    onMoveUp?.();
    // Moved elsewhere in the page it would lose the focus.
    setTimeout(() => row.current?.querySelector<HTMLElement>('input, select, textarea')?.focus());
  };
  return (
    <div
      role="group"
      className="row"
      ref={row}
      aria-label={title}
      aria-describedby={misfit === undefined ? undefined : id}
      data-place={name}
      data-name={`${name}.root`}
    >
      <div className="row-fields">
        <MisfitText id={id} label={title} misfit={misfit} />
        {children}
      </div>
      <div className="row-buttons">
        {onMoveUp === null ? null : (
          <button type="button" className="button quiet" aria-label={`Move up ${title}`} onClick={moveUp}>
            Move up
          </button>
        )}
        <button type="button" className="button quiet" aria-label={`Remove ${title}`} onClick={onRemove}>
          Remove {one}
        </button>
      </div>
    </div>
  );
}

interface GroupProps extends PartProps {
  readonly children: ComponentChildren;
}

/** Fields that belong together. */
export function Group({ name, label, help, place = name, children }: GroupProps) {
  const id = useId();
  const misfit = useMisfit(`${name}.root`);
  return (
    <fieldset
      className="group"
      data-place={place}
      data-name={`${name}.root`}
      aria-describedby={misfit === undefined ? undefined : id}
    >
      <legend>{label}</legend>
      {help === undefined ? null : <p className="soft small">{help}</p>}
      <MisfitText id={id} label={label} misfit={misfit} />
      {children}
    </fieldset>
  );
}
