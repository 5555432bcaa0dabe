/** Where which of these texts stands, whatever its case. */
export const findings = (places: ReadonlyMap<string, string>, texts: readonly string[]): readonly string[] =>
  [...places].flatMap(([place, content]) => {
    const lower = content.toLowerCase();
    return texts.filter((text) => lower.includes(text.toLowerCase())).map((text) => `${text} in ${place}`);
  });
