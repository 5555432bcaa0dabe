import { useQuery, type QueryKey } from '@tanstack/react-query';
import type { Edited } from './use-edit.js';

/** Asks once for what a form begins with: what follows the engine elsewhere would change it under who types. */
export const useEdited = <Draft>(key: QueryKey, load: (signal: AbortSignal) => Promise<Edited<Draft>>) =>
  useQuery({
    queryKey: ['edited', ...key],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => load(signal),
  });
