import type { IndexedPrice, SearchFilter } from '../search-index.js';

/** Reads the price of a row; undefined where it has none. */
export type PriceOf = (row: number) => number | undefined;

const ANY = '';
const keyOf = (currency: string, channel: string | null, country: string | null): string =>
  `${currency} ${channel ?? ANY} ${country ?? ANY}`;

/** Keeps in memory what rows cost where: by place, and there by row, as most places price few products or nearly all. */
export class Prices {
  readonly #amounts = new Map<string, Map<number, number>>();
  readonly #places: (readonly string[] | undefined)[] = [];

  set(row: number, prices: readonly IndexedPrice[]): void {
    for (const place of this.#places[row] ?? []) this.#amounts.get(place)?.delete(row);
    this.#places[row] = prices.map(({ currency, channel, country, amount }) => {
      const place = keyOf(currency, channel, country);
      const there = this.#amounts.get(place) ?? new Map<number, number>();
      this.#amounts.set(place, there.set(row, amount));
      return place;
    });
  }

  /** A price that names channel or country is there for them alone, so the first that there is counts. */
  in({ currency, channel, ...place }: NonNullable<SearchFilter['pricedIn']>): PriceOf {
    const country = place.country ?? null;
    const places = [keyOf(currency, channel, country), keyOf(currency, channel, null)];
    const wider = [keyOf(currency, null, country), keyOf(currency, null, null)];
    const amounts = [...new Set([...places, ...wider])].flatMap((place) => this.#amounts.get(place) ?? []);
    return (row) => {
      for (const there of amounts) {
        const amount = there.get(row);
        if (amount !== undefined) return amount;
      }
      return undefined;
    };
  }
}
