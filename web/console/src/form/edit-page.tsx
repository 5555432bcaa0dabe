import type { QueryKey } from '@tanstack/react-query';
import type { ComponentChildren } from 'preact';
import { Alert } from '../../../shared/ui/index.js';
import { useEdited } from './use-edited.js';
import type { Edited } from './use-edit.js';

interface EditPageProps<Draft> {
  readonly title: string;
  /** Names what is edited among other queries. */
  readonly queryKey: QueryKey;
  readonly load: (signal?: AbortSignal) => Promise<Edited<Draft>>;
  /** The form, once it is known what it begins with. */
  readonly children: (edited: Edited<Draft>) => ComponentChildren;
}

/** A page that edits what is there already. */
export function EditPage<Draft>({ title, queryKey, load, children }: EditPageProps<Draft>) {
  const { data: edited, error } = useEdited(queryKey, load);
  if (edited !== undefined) return <>{children(edited)}</>;
  return (
    <>
      <h1>{title}</h1>
      <Alert error={error} />
    </>
  );
}
