interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Why something is done; it stays in the order's history. */
export const ReasonField = ({ value, onChange }: ReasonFieldProps) => (
  <label className="stack tight">
    <span>Reason</span>
    <input
      className="input"
      autoComplete="off"
      required
      maxLength={500}
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  </label>
);
