import { useRef } from 'preact/hooks';
import { useFormContext, useWatch } from 'react-hook-form';
import { Group, LinesField, Rows, TextField } from '../form/index.js';
import { NO_SELECTOR } from './selector-draft.js';

const NO_ATTRIBUTE = { name: '', text: '' };

interface SelectorProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
}

/** Which lines are meant: all that is filled in has to hold, any line of each list. */
export const SelectorFields = ({ name, label, help = 'Every line where all is left empty.' }: SelectorProps) => (
  <Group name={name} label={label} help={help}>
    <div className="columns">
      <LinesField name={`${name}.categories`} label="Categories" rows={1} help="One a line." />
      <LinesField name={`${name}.brands`} label="Brands" rows={1} help="One a line." />
      <LinesField name={`${name}.skus`} label="SKUs" rows={1} help="One a line." />
    </div>
    <Rows name={`${name}.attributes`} label="With attributes" one="attribute" empty={NO_ATTRIBUTE}>
      {(row) => (
        <div className="pair even-pair">
          <TextField name={`${row}.name`} label="Attribute" max={100} />
          <TextField name={`${row}.text`} label="Value" max={1000} />
        </div>
      )}
    </Rows>
    <Except name={`${name}.except`} />
  </Group>
);

/** What is taken out of the lines again. */
function Except({ name }: { readonly name: string }) {
  const { setValue } = useFormContext();
  const except: unknown = useWatch({ name });
  const button = useRef<HTMLButtonElement>(null);
  const set = (selector: typeof NO_SELECTOR | null) => {
    setValue(name, structuredClone(selector), { shouldDirty: true });
    button.current?.focus();
  };
  const isThere = except !== null && except !== undefined;
  return (
    <>
      {isThere ? (
        <div className="nested">
          <SelectorFields name={name} label="Except those" help="Lines that are like this are left out." />
        </div>
      ) : null}
      <button
        type="button"
        className={isThere ? 'button quiet adder' : 'button adder'}
        ref={button}
        onClick={() => set(isThere ? null : NO_SELECTOR)}
      >
        {isThere ? 'Except nothing' : 'Except some of them'}
      </button>
    </>
  );
}
