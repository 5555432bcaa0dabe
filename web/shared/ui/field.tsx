import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Money } from '../api/index.js';
import { momentText, moneyText, timeText } from '../format/index.js';

/** Tells of a JSON Pointer whether what stands there is another now; nothing differs where nobody says so. */
export const DiffersContext = createContext<(pointer: string) => boolean>(() => false);

/** Makes what stands beside a value to ask why it is so; nothing where nobody can be asked. */
export const WhyContext = createContext<((pointer: string) => ComponentChildren) | null>(null);

/** What asks why the value at a pointer is what it is. */
const Why = ({ field }: Place) => useContext(WhyContext)?.(field) ?? null;

interface Place {
  /** JSON Pointer into the document that the page shows. */
  readonly field: string;
}

/** A shown field of a document, which names where it stands in it. */
export function Field({
  field,
  children,
  mono = false,
}: Place & { readonly children: ComponentChildren; readonly mono?: boolean }) {
  const differs = useContext(DiffersContext)(field);
  const classes = [mono ? 'mono' : '', differs ? 'differs' : ''].filter(Boolean).join(' ');
  return (
    <span data-field={field} className={classes || undefined} title={differs ? 'Different by now' : undefined}>
      {children}
    </span>
  );
}

/** An amount of money. */
export const Amount = ({ field, value }: Place & { readonly value: Money }) => (
  <Asked field={field}>{moneyText(value)}</Asked>
);

/** A number, a state or a time, of which one may ask why it is so. */
export const Asked = ({ field, children }: Place & { readonly children: ComponentChildren }) => (
  <span className="asked">
    <Field field={field}>{children}</Field>
    <Why field={field} />
  </span>
);

/** A time to the minute; its title has it to the millisecond. */
export const Time = ({ field, at }: Place & { readonly at: string }) => (
  <Asked field={field}>
    <time dateTime={at} title={momentText(at)}>
      {timeText(at)}
    </time>
  </Asked>
);
