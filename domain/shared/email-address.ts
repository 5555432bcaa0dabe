/** What separates a host from the rest of an address, or stands for other characters, has no place in a domain. */
const DOMAIN = /^[^\s@<>()[\],;:"\\/?#%|^`{}\p{Cc}\p{Cs}]+$/u;
const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const NOT_ASCII = /[^\0-\x7f]/;
const FINAL_SIGMA = /ς/g;

/**
 * The domain of an address in its A-label form (UTS 46), lower case: `BÜCHER.de`, `bu\u0308cher.de` and `xn--bcher-kva.de`
 * are all `xn--bcher-kva.de`. Null where it is no name of a host.
 */
export function asciiDomain(domain: string): string | null {
  if (!DOMAIN.test(domain)) return null;
  const lower = domain.toLowerCase();
  const needsMapping = NOT_ASCII.test(domain) || lower.includes('xn--');
  const url = needsMapping && URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`) : null;
  const ascii = needsMapping ? url?.hostname : lower;
  return ascii !== undefined && ascii.length <= 253 && LABELS.test(ascii) ? ascii : null;
}

/**
 * The one form in which e-mail addresses are compared: NFC, without case and blanks around it, the domain in its A-label form.
 * What is no address is brought to lower case alone. Equal to itself when it is taken again.
 */
export function normalEmail(address: string): string {
  const text = address.trim();
  const at = text.lastIndexOf('@');
  const domain = asciiDomain(text.slice(at + 1));
  return at < 0 || domain === null ? folded(text) : `${folded(text.slice(0, at))}@${domain}`;
}

/** A capital sigma is the small one within a word and at its end; letters that only look alike stay apart (`ı`, `i`). */
const folded = (text: string): string => text.normalize('NFC').toLowerCase().normalize('NFC').replace(FINAL_SIGMA, 'σ');
