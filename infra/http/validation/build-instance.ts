import type { Type as Class } from '@nestjs/common';
import type { FieldError } from '../problem.js';
import { declaredFieldsOf } from './declared-fields.js';
import type { DeclaredField, DeclaredFields } from './declared-fields.js';
import { isRecord } from './record.js';

/** Errors beyond these are not told: a body may have thousands. */
export const MAX_ERRORS = 20;
/** So much of a name that the client made up is shown. */
const MAX_SHOWN = 100;

export type RequestPart = 'body' | 'query';

/** An instance of the class a body or query is meant for, and what stands in it that the class does not declare. */
export class InstanceBuilder {
  readonly errors: FieldError[] = [];

  constructor(private readonly part: RequestPart) {}

  build(type: Class, value: Readonly<Record<string, unknown>>, path = ''): object {
    const fields = declaredFieldsOf(type);
    const instance = new type() as object;
    // Names that the class declares go in one by one, so that no name that a client makes up ever becomes a property.
    for (const [name, field] of fields) {
      if (Object.hasOwn(value, name)) Reflect.set(instance, name, this.member(field, value[name], join(path, name)));
    }
    this.refuseUnknown(value, fields, path);
    return instance;
  }

  private member(field: DeclaredField, value: unknown, path: string): unknown {
    if (field.nested !== undefined) return this.nested(field, value, path);
    if (this.part === 'query' && Array.isArray(value) && field.repeats !== true) {
      this.refuse(path, 'must be given only once');
    }
    return field.read === undefined ? value : field.read(value);
  }

  private nested({ nested, listOf }: DeclaredField, value: unknown, path: string): unknown {
    const one = (item: unknown, at: string): unknown =>
      nested !== undefined && isRecord(item) ? this.build(nested(), item, at) : item;
    if (listOf === undefined || !Array.isArray(value)) return one(value, path);
    if (value.length <= listOf) return value.map((item: unknown, index) => one(item, join(path, String(index))));
    this.refuse(path, `must have at most ${listOf} members`);
    return undefined;
  }

  private refuseUnknown(value: Readonly<Record<string, unknown>>, fields: DeclaredFields, path: string): void {
    for (const name of Object.keys(value)) {
      if (fields.has(name)) continue;
      if (this.errors.length >= MAX_ERRORS) return;
      this.refuse(join(path, name.slice(0, MAX_SHOWN)), unknownMessage(this.part, [...fields.keys()]));
    }
  }

  private refuse(path: string, message: string): void {
    if (this.errors.length < MAX_ERRORS) this.errors.push({ path, message });
  }
}

/** Says what is right beside what is wrong. */
export function unknownMessage(part: RequestPart, known: readonly string[]): string {
  const kind = part === 'body' ? 'member here' : 'parameter of this route';
  return known.length === 0 ? `is no ${kind}; there are none` : `is no ${kind}; there are ${known.join(', ')}`;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
