import { get, useFormState } from 'react-hook-form';

/** What is wrong with a part of the form, after its label; undefined where nothing is. */
export function useMisfit(name: string): string | undefined {
  const { errors } = useFormState();
  const found = get(errors, name) as { readonly message?: string } | undefined;
  return found?.message;
}
