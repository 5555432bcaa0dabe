import type { DomainEvent } from './decider.js';

declare const PERSONAL: unique symbol;

/**
 * Data about a person. An event type that has a field of it has to be
 * declared, see `PersonalFieldsOf`; the mark is of the type alone, the value is as it would be without.
 */
export type Personal<T> = T & { readonly [PERSONAL]?: true };

/**
 * Which fields of an event type are personal and whose. The store decorator seals them with that person's key before
 * they are recorded; once the key is gone a fold sees null.
 */
export type PersonalFields = Readonly<Record<string, { readonly person: string; readonly fields: readonly string[] }>>;

/**
 * The declaration that the types of these events ask for: of each event with a field that is `Personal`, and of no other,
 * all those fields, and the field with the person's id. A field is sealed as a whole, so it stands at the top of the data: where
 * something personal is buried in another field no declaration fits.
 */
export type PersonalFieldsOf<Event extends DomainEvent> = {
  readonly [One in Event as true extends HoldsPersonal<One['data']> ? One['type'] : never]: Declaration<One['data']>;
};

type Declaration<Data> = [BuriedIn<Data>] extends [never]
  ? { readonly person: TextIn<Data>; readonly fields: EachOnce<PersonalIn<Data>> }
  : never;

type IsPersonal<T> = T extends unknown ? (typeof PERSONAL extends keyof T ? true : false) : never;

/** At any depth, lists included. */
type HoldsPersonal<T> = T extends unknown
  ? true extends IsPersonal<T>
    ? true
    : T extends string | number | boolean | null | undefined
      ? false
      : T extends readonly (infer Element)[]
        ? HoldsPersonal<Element>
        : {
            [Name in keyof T]-?: IsItself<NonNullable<T[Name]>, T> extends true ? false : HoldsPersonal<T[Name]>;
          }[keyof T]
  : never;

/** A type that is a member of itself holds nothing else for that, unless it is personal there. */
type IsItself<Member, T> = [Member, T] extends [T, Member] ? (true extends IsPersonal<Member> ? false : true) : false;

type PersonalIn<Data> = {
  [Name in keyof Data & string]-?: true extends IsPersonal<Data[Name]> ? Name : never;
}[keyof Data & string];

type BuriedIn<Data> = {
  [Name in Exclude<keyof Data & string, PersonalIn<Data>>]-?: true extends HoldsPersonal<Data[Name]> ? Name : never;
}[Exclude<keyof Data & string, PersonalIn<Data>>];

type TextIn<Data> = {
  [Name in keyof Data & string]-?: Data[Name] extends string ? Name : never;
}[keyof Data & string];

/** Lists that have each of the names once, in any order. */
type EachOnce<Names extends string> = [Names] extends [never]
  ? readonly []
  : { [Name in Names]: readonly [Name, ...EachOnce<Exclude<Names, Name>>] }[Names];

/**
 * Paths of fields by event type, such as `personal.paymentToken`. APIs show null in their place: to everybody where the
 * field is a credential for a payment, to everybody but admin where it is free text that may name a person.
 */
export type FieldPaths = Readonly<Record<string, readonly string[]>>;
