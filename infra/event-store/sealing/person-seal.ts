import type { Json } from '../../../domain/shared/json.js';
import { seal, SealBrokenError, unseal } from './sealed-value.js';
import type { Place, SealedValue } from './sealed-value.js';

/** Texts remembered at most: readers are seldom further behind the writer than this. */
const CAPACITY = 4096;

interface Recent {
  readonly sealed: string;
  readonly text: string;
}

/**
 * Seals and opens values, and remembers the texts of the last ones, as each event goes to a dozen readers soon after it
 * was recorded. Texts, not values: a reader owns what it gets.
 */
export class PersonSeal {
  readonly #recent = new Map<string, Recent>();

  seal(key: Uint8Array, place: Place, value: Json): { readonly sealed: string; readonly v: 1 } {
    const text = JSON.stringify(value);
    const sealed = seal(key, place, text);
    this.#remember(place, { sealed, text });
    return { sealed, v: 1 };
  }

  /** @throws SealBrokenError the value was changed, moved, or sealed with another key or by a newer version */
  open(key: Uint8Array, place: Place, { sealed, v }: SealedValue): Json {
    if (v !== 1) throw new SealBrokenError(place);
    const recent = this.#recent.get(nameOf(place));
    const text = recent?.sealed === sealed ? recent.text : unseal(key, place, sealed);
    if (recent?.sealed !== sealed) this.#remember(place, { sealed, text });
    const value: Json = JSON.parse(text);
    return value;
  }

  /** The person is gone, and so is what was remembered. */
  forget(place: Place): void {
    this.#recent.delete(nameOf(place));
  }

  #remember(place: Place, recent: Recent): void {
    this.#recent.set(nameOf(place), recent);
    if (this.#recent.size <= CAPACITY) return;
    for (const oldest of this.#recent.keys()) {
      this.#recent.delete(oldest);
      return;
    }
  }
}

const nameOf = ({ eventId, field }: Place): string => `${eventId} ${field}`;
