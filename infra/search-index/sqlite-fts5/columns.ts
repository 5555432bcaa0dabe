import type { SearchDocument, SearchFilter } from '../search-index.js';
import { nameKey } from '../text/name-key.js';
import { Prices, type PriceOf } from './prices.js';
import { InternedTexts } from './interned-texts.js';

const FIRST_CAPACITY = 1_024;
const NONE = -1;

/**
 * Keeps in memory, by row of `documents`, the members of products that filters, facets, sorting and scoring read, as a search reads
 * them of every match, which may be all products.
 */
export class Columns {
  /** Rows are 1 to `highest`; some may be unlisted. */
  highest = 0;
  readonly skus: string[] = [''];
  readonly names = new InternedTexts();
  /** By number of the name. */
  readonly nameKeys: string[] = [];
  readonly brands = new InternedTexts();
  readonly categories = new InternedTexts();
  /** Distinct lists of categories, as JSON; most products share theirs. */
  readonly lists = new InternedTexts();
  /** By number of the list: its categories. */
  readonly categoriesOf: number[][] = [];
  isListed = new Uint8Array(FIRST_CAPACITY);
  inStock = new Uint8Array(FIRST_CAPACITY);
  name = new Int32Array(FIRST_CAPACITY);
  brand = new Int32Array(FIRST_CAPACITY);
  list = new Int32Array(FIRST_CAPACITY);
  /** NaN where there is none. */
  price = new Float64Array(FIRST_CAPACITY);
  readonly prices = new Prices();
  createdAt = new Float64Array(FIRST_CAPACITY);
  /** Scratch of the search under way. */
  score = new Float64Array(FIRST_CAPACITY);

  stock(row: number, inStock: number): void {
    this.inStock[row] = inStock;
  }

  /** `sku` is there also for a product that was taken out. */
  set(row: number, sku: string, document: SearchDocument | null): void {
    this.#reach(row);
    this.#unlist(row);
    this.skus[row] = sku;
    if (document === null) return;
    this.isListed[row] = 1;
    this.name[row] = this.#nameId(document.name);
    this.brand[row] = document.brand === undefined ? NONE : this.brands.intern(document.brand);
    this.list[row] = this.#listId(document.categories);
    this.price[row] = document.price?.amount ?? Number.NaN;
    this.prices.set(row, document.prices ?? []);
    this.createdAt[row] = Date.parse(document.createdAt);
    this.#count(row, 1);
  }

  /** Reads prices where a search asks for them, or the one that is of no place. */
  priceIn({ pricedIn }: SearchFilter): PriceOf {
    if (pricedIn !== undefined) return this.prices.in(pricedIn);
    return (row) => {
      const price = this.price[row] ?? Number.NaN;
      return Number.isNaN(price) ? undefined : price;
    };
  }

  nameKey(row: number): string {
    return this.nameKeys[this.name[row] ?? 0] ?? '';
  }

  #unlist(row: number): void {
    if (this.isListed[row] !== 1) return;
    this.isListed[row] = 0;
    this.prices.set(row, []);
    this.#count(row, -1);
  }

  #count(row: number, difference: 1 | -1): void {
    this.names.count(this.name[row] ?? 0, difference);
    this.lists.count(this.list[row] ?? 0, difference);
    const brand = this.brand[row] ?? NONE;
    if (brand !== NONE) this.brands.count(brand, difference);
  }

  #nameId(name: string): number {
    const id = this.names.intern(name);
    this.nameKeys[id] ??= nameKey(name);
    return id;
  }

  #listId(categories: readonly string[]): number {
    const id = this.lists.intern(JSON.stringify(categories));
    this.categoriesOf[id] ??= [...new Set(categories)].map((category) => this.categories.intern(category));
    return id;
  }

  #reach(row: number): void {
    while (this.skus.length <= row) this.skus.push('');
    if (row > this.highest) this.highest = row;
    const capacity = this.isListed.length;
    if (row < capacity) return;
    const larger = Math.max(capacity * 2, row + 1);
    this.isListed = grown(this.isListed, new Uint8Array(larger));
    this.inStock = grown(this.inStock, new Uint8Array(larger));
    this.name = grown(this.name, new Int32Array(larger));
    this.brand = grown(this.brand, new Int32Array(larger));
    this.list = grown(this.list, new Int32Array(larger));
    this.price = grown(this.price, new Float64Array(larger));
    this.createdAt = grown(this.createdAt, new Float64Array(larger));
    this.score = new Float64Array(larger);
  }
}

function grown<Column extends Uint8Array | Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
