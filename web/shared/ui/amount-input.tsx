interface Typed {
  readonly label: string;
  readonly currency: string;
  /** As it was typed, in major units. */
  readonly text: string;
  readonly isValid: boolean;
  readonly onChange: (text: string) => void;
}

/** Where somebody types an amount of money. */
export const AmountInput = ({ label, currency, text, isValid, onChange }: Typed) => (
  <label className="stack tight">
    <span>{label}</span>
    <span className="with-unit">
      <input
        className="input"
        inputMode="decimal"
        autoComplete="off"
        required
        aria-invalid={!isValid}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <span className="soft">{currency}</span>
    </span>
  </label>
);
