import { LRUCache } from 'lru-cache';
import type { Json } from '../../../domain/shared/json.js';
import { seal, SealBrokenError, unseal } from './sealed-value.js';
import type { Place, SealedValue } from './sealed-value.js';

/** The most texts that are cached; readers are seldom further behind the writer. */
const CAPACITY = 4096;

interface Recent {
  readonly sealed: string;
  readonly text: string;
}

/**
 * Seals and opens values, and caches the last ones, as each event goes to a dozen readers soon after it is recorded. It caches texts
 * and not values, as a reader owns the value that it gets.
 */
export class PersonSeal {
  readonly #recent = new LRUCache<string, Recent>({ max: CAPACITY });

  seal(key: Uint8Array, place: Place, value: Json): { readonly sealed: string; readonly v: 1 } {
    const text = JSON.stringify(value);
    const sealed = seal(key, place, text);
    this.#recent.set(nameOf(place), { sealed, text });
    return { sealed, v: 1 };
  }

  /** @throws SealBrokenError the value was changed, moved, or sealed with another key or by a newer version */
  open(key: Uint8Array, place: Place, value: SealedValue): Json {
    const opened: Json = JSON.parse(this.openText(key, place, value));
    return opened;
  }

  /** Opens a value as the JSON text that was sealed. */
  openText(key: Uint8Array, place: Place, { sealed, v }: SealedValue): string {
    if (v !== 1) throw new SealBrokenError(place);
    const recent = this.#recent.get(nameOf(place));
    const text = recent?.sealed === sealed ? recent.text : unseal(key, place, sealed);
    if (recent?.sealed !== sealed) this.#recent.set(nameOf(place), { sealed, text });
    return text;
  }

  /** Drops the cached texts of a person who was forgotten. */
  forget(place: Place): void {
    this.#recent.delete(nameOf(place));
  }
}

const nameOf = ({ eventId, field }: Place): string => `${eventId} ${field}`;
