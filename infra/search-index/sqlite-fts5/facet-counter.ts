import { FACET_VALUES, PRICE_STEPS } from '../search-index.js';
import type { FacetValue, PriceRange, SearchFacets, SearchFilter } from '../search-index.js';
import type { Columns } from './columns.js';
import type { PriceOf } from './prices.js';
import type { InternedTexts } from './interned-texts.js';

const CATEGORY = 1;
const BRAND = 2;
const PRICE = 4;
const STOCK = 8;
/** The number that stands for no brand. */
const UNKNOWN = -2;

/** Filters products and counts the facets. A dimension counts the products that pass all filters but its own. */
export class FacetCounter {
  total = 0;
  readonly #lists: Int32Array;
  readonly #brands: Int32Array;
  readonly #prices = new Int32Array(PRICE_STEPS.length);
  /** 1 for each number of a list that has the category; null without a filter by category. */
  readonly #wanted: Uint8Array | null;
  readonly #brand: number | null;
  readonly #isPriceFiltered: boolean;
  readonly #lowest: number;
  readonly #highest: number;

  constructor(
    private readonly columns: Columns,
    private readonly filter: SearchFilter,
    private readonly priceOf: PriceOf,
  ) {
    this.#lists = new Int32Array(columns.lists.size);
    this.#brands = new Int32Array(columns.brands.size);
    this.#brand = filter.brand === undefined ? null : brandOf(columns, filter.brand);
    this.#isPriceFiltered = (filter.priceMin ?? filter.priceMax) !== undefined;
    this.#lowest = filter.priceMin ?? 0;
    this.#highest = filter.priceMax ?? Number.POSITIVE_INFINITY;
    this.#wanted = filter.category === undefined ? null : listsWith(columns, filter.category);
  }

  /** Counts the product, and tells whether it passes every filter. */
  take(row: number): boolean {
    const { columns } = this;
    const price = this.priceOf(row);
    if (price === undefined && this.filter.pricedIn !== undefined) return false;
    const fails = this.#fails(row, price);
    if (isLeft(fails, CATEGORY)) increase(this.#lists, columns.list[row] ?? 0, 1);
    if (isLeft(fails, BRAND)) {
      const brand = columns.brand[row] ?? -1;
      if (brand >= 0) increase(this.#brands, brand, 1);
    }
    if (price !== undefined && isLeft(fails, PRICE)) increase(this.#prices, stepOf(price), 1);
    if (fails !== 0) return false;
    this.total += 1;
    return true;
  }

  facets(): SearchFacets {
    const { columns } = this;
    const categories = new Int32Array(columns.categories.size);
    for (const [list, count] of this.#lists.entries()) {
      if (count > 0) for (const category of columns.categoriesOf[list] ?? []) increase(categories, category, count);
    }
    return {
      category: mostFrequent(columns.categories, categories),
      brand: mostFrequent(columns.brands, this.#brands),
      price: [...this.#prices].flatMap((count, step) => (count === 0 ? [] : [priceRange(step, count)])),
    };
  }

  #isInRange(price: number | undefined): boolean {
    return price !== undefined && price >= this.#lowest && price <= this.#highest;
  }

  /** Lists the filters that the product does not pass. */
  #fails(row: number, price: number | undefined): number {
    const { columns, filter } = this;
    let fails = 0;
    if (this.#wanted !== null && this.#wanted[columns.list[row] ?? 0] !== 1) fails |= CATEGORY;
    if (this.#brand !== null && columns.brand[row] !== this.#brand) fails |= BRAND;
    if (this.#isPriceFiltered && !this.#isInRange(price)) fails |= PRICE;
    if (filter.inStock !== undefined && (columns.inStock[row] === 1) !== filter.inStock) fails |= STOCK;
    return fails;
  }
}

/** Whether all filters but that of the dimension are passed. */
const isLeft = (fails: number, dimension: number): boolean => fails === 0 || fails === dimension;

/** Not that of products without a brand where no product has it. */
function brandOf(columns: Columns, text: string): number {
  const brand = columns.brands.idOf(text);
  return brand < 0 ? UNKNOWN : brand;
}

function listsWith(columns: Columns, text: string): Uint8Array {
  const wanted = new Uint8Array(columns.lists.size);
  const category = columns.categories.idOf(text);
  for (const [list, categories] of columns.categoriesOf.entries()) if (categories.includes(category)) wanted[list] = 1;
  return wanted;
}

function stepOf(price: number): number {
  let step = PRICE_STEPS.length - 1;
  while (step > 0 && price < (PRICE_STEPS[step] ?? 0)) step -= 1;
  return step;
}

function priceRange(step: number, count: number): PriceRange {
  const from = PRICE_STEPS[step] ?? 0;
  const next = PRICE_STEPS[step + 1];
  return next === undefined ? { from, count } : { from, to: next - 1, count };
}

function mostFrequent({ texts }: InternedTexts, counts: Int32Array): FacetValue[] {
  const values: FacetValue[] = [];
  for (const [id, count] of counts.entries()) if (count > 0) values.push({ value: texts[id] ?? '', count });
  return values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES);
}

function increase(counts: Int32Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}
