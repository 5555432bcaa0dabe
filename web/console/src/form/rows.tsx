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
  /** The fields of a row, whose names begin with this. */
  readonly children: (name: string) => ComponentChildren;
}

/** Rows that can be added and removed. Who removes one is led to the button that adds. */
export function Rows<Row extends object>({ name, label, help, place = name, one, empty, children }: RowsProps<Row>) {
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  const adder = useRef<HTMLButtonElement>(null);
  const removeRow = (index: number) => {
    remove(index);
    adder.current?.focus();
  };
  return (
    <Group name={name} label={label} place={place} {...(help === undefined ? {} : { help })}>
      {fields.map(({ id }, index) => (
        <Row key={id} name={`${name}.${index}`} title={`${one} ${index + 1}`} onRemove={() => removeRow(index)}>
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

interface RowProps {
  readonly name: string;
  readonly title: string;
  readonly onRemove: () => void;
  readonly children: ComponentChildren;
}

function Row({ name, title, onRemove, children }: RowProps) {
  const id = useId();
  const misfit = useMisfit(`${name}.root`);
  return (
    <div
      role="group"
      className="row"
      aria-label={title}
      aria-describedby={misfit === undefined ? undefined : id}
      data-place={name}
      data-name={`${name}.root`}
    >
      <div className="row-fields">
        <MisfitText id={id} label={title} misfit={misfit} />
        {children}
      </div>
      <button type="button" className="button quiet" aria-label={`Remove ${title}`} onClick={onRemove}>
        Remove
      </button>
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
