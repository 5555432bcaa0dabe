/** Lists of codes that the decorators of fields name; what they are about is said once. */
const LISTS: Readonly<Record<string, { readonly description: string; readonly examples: readonly string[] }>> = {
  CurrencyCode: { description: 'ISO 4217, every current code with a minor unit.', examples: ['USD'] },
  CountryCode: { description: 'ISO 3166-1 alpha-2, and `XK`.', examples: ['US'] },
};

/** The lists among these schemas, with what they are about. */
export const describedLists = (schemas: Readonly<Record<string, object>>): Record<string, object> =>
  Object.fromEntries(
    Object.entries(LISTS)
      .filter(([name]) => name in schemas)
      .map(([name, text]) => [name, { ...schemas[name], ...text }]),
  );
