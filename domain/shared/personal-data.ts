/**
 * Which fields of an event type are personal and whose. The store decorator seals them with that person's key before
 * they are recorded; once the key is gone a fold sees null.
 */
export type PersonalFields = Readonly<Record<string, { readonly person: string; readonly fields: readonly string[] }>>;
