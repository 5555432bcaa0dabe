/** A domain has none of the characters that separate a host from the rest of a URL, or that stand for other characters. */
const DOMAIN = /^[^\s@<>()[\],;:"\\/?#%|^`{}\p{Cc}\p{Cs}]+$/u;
const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const NOT_ASCII = /[^\0-\x7f]/;
const FINAL_SIGMA = /ς/g;

/**
 * Converts the domain of an address to its A-label form (UTS 46) in lower case: `BÜCHER.de`, `bu\u0308cher.de` and `xn--bcher-kva.de`
 * all become `xn--bcher-kva.de`. Null where the text is no host name.
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
 * Normalises an e-mail address for comparison: NFC, lower case, trimmed, the domain in its A-label form. A text that is no address
 * is only put in lower case. Normalising twice changes nothing.
 */
export function normalEmail(address: string): string {
  const text = address.trim();
  const at = text.lastIndexOf('@');
  const domain = asciiDomain(text.slice(at + 1));
  return at < 0 || domain === null ? folded(text) : `${folded(text.slice(0, at))}@${domain}`;
}

/** Folds case. Both small sigmas become one, as both have the same capital; letters that only look alike differ (`ı`, `i`). */
const folded = (text: string): string => text.normalize('NFC').toLowerCase().normalize('NFC').replace(FINAL_SIGMA, 'σ');
