import type { SearchDocument, SearchFilter } from '../search-index.js';

export type JudgedKind =
  | 'exact'
  | 'sku'
  | 'prefix'
  | 'plural'
  | 'one typo'
  | 'two typos'
  | 'several words'
  | 'brand'
  | 'category'
  | 'form'
  | 'nonsense';

/** What must be true of a product; all that is given. */
export interface Judgement {
  /** Of the name. */
  readonly name?: RegExp;
  readonly brand?: string;
  /** One of its categories. */
  readonly category?: string | RegExp;
  readonly sku?: string;
}

export interface JudgedQuery {
  readonly words: string;
  readonly kind: JudgedKind;
  readonly filter?: SearchFilter;
  /** How many of the first hits are judged; 0: there must be none. */
  readonly first: number;
  readonly are: Judgement;
}

export function fits({ name, brand, categories, sku }: SearchDocument, judged: Judgement): boolean {
  const { category } = judged;
  return (
    (judged.name === undefined || judged.name.test(name)) &&
    (judged.brand === undefined || judged.brand === brand) &&
    (judged.sku === undefined || judged.sku === sku) &&
    (category === undefined ||
      categories.some((one) => (typeof category === 'string' ? one === category : category.test(one))))
  );
}
