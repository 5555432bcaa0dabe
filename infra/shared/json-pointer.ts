/** Reads a JSON Pointer (RFC 6901): the names that lead to a place, none for the whole document; null where it is no pointer. */
export function pointerNames(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Writes the pointer to a place. */
export const pointerTo = (names: readonly string[]): string => names.map((name) => `/${pointerName(name)}`).join('');

/** A name as it stands in a pointer. */
export const pointerName = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
