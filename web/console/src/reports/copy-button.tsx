import { useState } from 'preact/hooks';

interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string | Promise<string>;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState('');
  const copy = async () => {
    try {
      const copied = await text();
      setOutcome(await putOnClipboard(copied));
    } catch (error) {
      setOutcome(error instanceof Error ? error.message : 'That did not work');
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

async function putOnClipboard(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    // Only pages of https and of this machine may.
    return 'The browser does not allow it here';
  }
}
