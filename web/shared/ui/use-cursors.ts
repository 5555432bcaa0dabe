import { useState } from 'preact/hooks';

/** Where one is in a list that is paged by cursors. */
export interface Cursors {
  /** The cursor of the page that is shown; undefined for the first. */
  readonly current: string | undefined;
  readonly hasPrevious: boolean;
  readonly previous: () => void;
  readonly next: (cursor: string) => void;
}

/** Remembers the cursors of the pages that were seen; begins anew where `list`, which names the filters, changes. */
export function useCursors(list: string): Cursors {
  const [seen, setSeen] = useState<{ readonly list: string; readonly cursors: readonly string[] }>({
    list,
    cursors: [],
  });
  const cursors = seen.list === list ? seen.cursors : [];
  return {
    current: cursors.at(-1),
    hasPrevious: cursors.length > 0,
    previous: () => setSeen({ list, cursors: cursors.slice(0, -1) }),
    next: (cursor) => setSeen({ list, cursors: [...cursors, cursor] }),
  };
}
