/**
 * Which fields of an event type are personal and whose. The store decorator seals them with that person's key before
 * they are recorded; once the key is gone a fold sees null.
 */
export type PersonalFields = Readonly<Record<string, { readonly person: string; readonly fields: readonly string[] }>>;

/**
 * Paths of fields by event type, such as `personal.paymentToken`. Whoever shows events shows null instead of them: to
 * nobody where they open a means of payment, to nobody but admin where somebody typed what may speak of a person.
 */
export type FieldPaths = Readonly<Record<string, readonly string[]>>;
