/** Moves the decimal point of a decimal to the right, or to the left where `places` is below zero; exact, as it stays text. */
function shifted(decimal: string, places: number): string {
  const [, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?$/.exec(decimal) ?? [];
  const digits = `${'0'.repeat(Math.max(0, -places))}${whole}${fraction}${'0'.repeat(Math.max(0, places))}`;
  const point = Math.max(0, -places) + whole.length + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const right = digits.slice(point).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

const DECIMAL = /^\d+(?:\.\d+)?$/;

/** The percentage of a rate: `0.19` is `19`. What is none stays as it is. */
export const percentOf = (rate: string): string => (DECIMAL.test(rate) ? shifted(rate, 2) : rate);

/** The rate of a percentage that was typed: `8.25` is `0.0825`. What is none stays as it is: the engine says why. */
export function rateOf(typed: string): string {
  const percent = typed.trim().replace(',', '.').replace(/\s*%$/, '');
  return DECIMAL.test(percent) ? shifted(percent, -2) : typed;
}
