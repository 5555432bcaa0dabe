/** Only a text with one of these can hold a number that is not written as a whole one. */
const FRACTION_OR_EXPONENT = /\d(?:\.\d|[eE][-+\d])/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?/gs;

/**
 * The first number of a JSON text that is no whole number and would be read as one, such as 9007199254740990.5: whoever
 * sent it would be taken at an amount that they did not name. Null where there is none.
 * @param text well-formed JSON
 */
export function inexactNumber(text: string): string | null {
  if (!FRACTION_OR_EXPONENT.test(text)) return null;
  for (const [token, whole, fraction = '', exponent = '0'] of text.matchAll(STRING_OR_NUMBER)) {
    if (whole === undefined || !Number.isInteger(Number(token))) continue;
    if (!isWhole(whole + fraction, Number(exponent) - fraction.length)) return token;
  }
  return null;
}

/** Whether `digits` × 10^`scale` is a whole number. */
function isWhole(digits: string, scale: number): boolean {
  if (scale >= 0) return true;
  const significant = digits.replace(/0+$/, '');
  return significant === '' || digits.length - significant.length >= -scale;
}
