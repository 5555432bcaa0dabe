import { useState } from 'preact/hooks';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [outcome, setOutcome] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('Copied');
    } catch {
      // Only pages of https and of this machine may.
      setOutcome('The browser does not allow it here');
    }
  };
  return (
    <button type="button" className="button" onClick={copy}>
      {label}
      <span role="status" className="soft small">
        {outcome === '' ? '' : ` · ${outcome}`}
      </span>
    </button>
  );
}
