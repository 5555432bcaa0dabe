import type { Type as Class } from '@nestjs/common';

/** What the request pipe has to know of a member that a body or query class declares. */
export interface DeclaredField {
  /** Objects of this class stand there; a function, as the class may be declared later. */
  readonly nested?: () => Class;
  /** A list of them, at most so many: a longer one is refused unread. */
  readonly listOf?: number;
  /** In a query, the parameter may be given more than once. */
  readonly repeats?: boolean;
  /** Reads what an address carries as text. */
  readonly read?: (value: unknown) => unknown;
}

export type DeclaredFields = ReadonlyMap<string, DeclaredField>;

const ownFields = new WeakMap<object, Map<string, DeclaredField>>();

/** Registers a member of a class; the field decorators apply it. */
export const declareField =
  (declared: DeclaredField = {}): PropertyDecorator =>
  (prototype, name) => {
    const fields = ownFields.get(prototype) ?? new Map<string, DeclaredField>();
    ownFields.set(prototype, fields.set(String(name), declared));
  };

const known = new WeakMap<Class, DeclaredFields>();

/** The members that a class declares, those of the classes that it extends first. */
export function declaredFieldsOf(type: Class): DeclaredFields {
  const fields =
    known.get(type) ?? new Map(chainOf(type).flatMap((prototype) => [...(ownFields.get(prototype) ?? [])]));
  known.set(type, fields);
  return fields;
}

function chainOf(type: Class): readonly object[] {
  const chain: object[] = [];
  for (let one: unknown = type.prototype; typeof one === 'object' && one !== null; one = Object.getPrototypeOf(one)) {
    chain.unshift(one);
  }
  return chain;
}
