/** Plain JSON: what an event, a snapshot or a document may hold. No `undefined`, no `Date`, no class instances. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };
