/** The value at a JSON Pointer (RFC 6901) of a document; undefined where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, segment) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
      return (value as Readonly<Record<string, unknown>>)[segment];
    }, document);
}

/** Says of a pointer whether two documents have different values there. */
export const differing =
  (one: unknown, other: unknown) =>
  (pointer: string): boolean =>
    JSON.stringify(valueAt(one, pointer)) !== JSON.stringify(valueAt(other, pointer));
