import type { ChangeDetails } from './commands.js';
import type { ProductDetails, ProductDetailsChanged } from './events.js';

export type DetailChanges = Omit<ProductDetailsChanged['data'], 'sku'>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The members of the command that are not as they are already; null only where there is something to take away. */
export const changedDetails = (wanted: ChangeDetails, now: ProductDetails): DetailChanges => {
  const changes: Mutable<DetailChanges> = {};
  if (wanted.name !== undefined && wanted.name !== now.name) changes.name = wanted.name;
  if (differs(wanted.description, now.description)) changes.description = wanted.description;
  if (differs(wanted.brand, now.brand)) changes.brand = wanted.brand;
  if (wanted.categories !== undefined && !sameList(wanted.categories, now.categories)) {
    changes.categories = wanted.categories;
  }
  if (wanted.attributes !== undefined && !sameAttributes(wanted.attributes, now.attributes)) {
    changes.attributes = wanted.attributes;
  }
  if (wanted.taxClass !== undefined && wanted.taxClass !== now.taxClass) changes.taxClass = wanted.taxClass;
  return changes;
};

const differs = (wanted: string | null | undefined, now: string | undefined): wanted is string | null =>
  wanted !== undefined && wanted !== (now ?? null);

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

const sameAttributes = (a: ProductDetails['attributes'], b: ProductDetails['attributes']): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
};
