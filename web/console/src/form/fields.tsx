import { useId } from 'preact/hooks';
import { useFormContext, useWatch } from 'react-hook-form';
import { Part, type PartProps } from './part.js';

interface TextFieldProps extends PartProps {
  readonly isRequired?: boolean;
  readonly isMono?: boolean;
  /** Which keys a phone shows. */
  readonly keys?: 'numeric' | 'decimal';
  readonly max?: number;
  /** What may be chosen instead of typing it. */
  readonly suggestions?: readonly string[];
}

/** A line of text. */
export function TextField({ isRequired, isMono, keys, max, suggestions, ...part }: TextFieldProps) {
  const { register } = useFormContext();
  const listId = useId();
  return (
    <Part {...part}>
      {(control) => (
        <>
          <input
            className={isMono ? 'input mono' : 'input'}
            autoComplete="off"
            required={isRequired}
            inputMode={keys}
            maxLength={max}
            list={suggestions === undefined ? undefined : listId}
            {...control}
            {...register(part.name)}
          />
          {suggestions === undefined ? null : (
            <datalist id={listId}>
              {suggestions.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Part>
  );
}

/** Text of several lines, or a name a line. */
export function LinesField({ rows = 2, ...part }: PartProps & { readonly rows?: number }) {
  const { register } = useFormContext();
  return (
    <Part {...part}>
      {(control) => <textarea className="input lines" rows={rows} {...control} {...register(part.name)} />}
    </Part>
  );
}

interface ChoiceFieldProps extends PartProps {
  /** Values with what they are called. */
  readonly choices: readonly (readonly [value: string, title: string])[];
}

/** One of a few. */
export function ChoiceField({ choices, ...part }: ChoiceFieldProps) {
  const { register } = useFormContext();
  return (
    <Part {...part}>
      {(control) => (
        <select className="input" {...control} {...register(part.name)}>
          {choices.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Part>
  );
}

/** Whether something holds. */
export function FlagField({ name, label }: Pick<PartProps, 'name' | 'label'>) {
  const { register } = useFormContext();
  return (
    <label className="flag">
      <input type="checkbox" data-place={name} data-name={name} {...register(name)} />
      <span>{label}</span>
    </label>
  );
}

/** A time by the clock of the shop. */
export function TimeField({ zone, ...part }: PartProps & { readonly zone: string }) {
  const { register } = useFormContext();
  return (
    <Part {...part} help={part.help ?? `By the shop’s clock, ${zone}.`}>
      {(control) => <input className="input" type="datetime-local" step="any" {...control} {...register(part.name)} />}
    </Part>
  );
}

/** An amount in major units of the currency that stands in another field. */
export function AmountField({ currencyName, ...part }: PartProps & { readonly currencyName: string }) {
  const { register } = useFormContext();
  const currency = String(useWatch({ name: currencyName }) ?? '').toUpperCase();
  return (
    <Part {...part}>
      {(control) => (
        <span className="with-unit">
          <input className="input" inputMode="decimal" autoComplete="off" {...control} {...register(part.name)} />
          <span className="soft">{currency}</span>
        </span>
      )}
    </Part>
  );
}

/** Money: an amount and its currency. */
export const MoneyField = ({ name, label, help }: Omit<PartProps, 'place'>) => (
  <div className="pair">
    <AmountField
      name={`${name}.amount`}
      label={label}
      currencyName={`${name}.currency`}
      {...(help === undefined ? {} : { help })}
    />
    <CurrencyField name={`${name}.currency`} />
  </div>
);

export const CurrencyField = ({ name }: Pick<PartProps, 'name'>) => (
  <TextField name={name} label="Currency" isMono max={3} />
);
