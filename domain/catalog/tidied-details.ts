/** The name of a report's line for what has no category: no category may be called so. */
export const NO_CATEGORY = 'uncategorised';

/** Text in one Unicode form and without blanks around it, so that one value is one value wherever it is counted. */
export const tidied = (text: string): string => text.normalize('NFC').trim();

interface Described {
  readonly brand?: string | null;
  readonly categories?: readonly string[];
  readonly taxClass?: string;
}

/** Brand, categories and tax class as they are recorded: tidied, and each category once, at its first place. */
export function tidiedDetails<Details extends Described>(details: Details): Details {
  const { brand, categories, taxClass } = details;
  return {
    ...details,
    ...(typeof brand === 'string' ? { brand: tidied(brand) } : {}),
    ...(taxClass === undefined ? {} : { taxClass: tidied(taxClass) }),
    ...(categories === undefined ? {} : { categories: [...new Set(categories.map(tidied))] }),
  };
}
