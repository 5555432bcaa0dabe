import type { Type as Class } from '@nestjs/common';
import type { FieldError } from '../problem.js';
import { declaredFieldsOf } from './declared-fields.js';
import type { DeclaredField, DeclaredFields } from './declared-fields.js';
import { memberRulesOf } from './member-rules.js';
import type { MemberRules } from './member-rules.js';
import { isRecord } from './record.js';

/** Errors beyond these are not told: a body may have thousands. */
export const MAX_ERRORS = 20;
/** So much of a name that the client made up is shown. */
const MAX_SHOWN = 100;
const MAX_PATH = 200;

export type RequestPart = 'body' | 'query';

type Members = Readonly<Record<string, unknown>>;

/** What a request brought, as its class has it. */
export interface ReadRequest {
  readonly instance: object;
  /** Every member that is wrong, those of no class first. */
  readonly errors: readonly FieldError[];
}

const known = new WeakMap<Class, RequestClass>();

/** A class of bodies or queries, compiled when it is first met into what makes instances and what finds them wrong. */
export class RequestClass {
  private readonly fields: DeclaredFields;
  private readonly rules: readonly MemberRules[];

  private constructor(private readonly type: Class) {
    this.fields = declaredFieldsOf(type);
    this.rules = memberRulesOf(type);
  }

  static of(type: Class): RequestClass {
    const compiled = known.get(type) ?? new RequestClass(type);
    known.set(type, compiled);
    return compiled;
  }

  read(value: Members, part: RequestPart): ReadRequest {
    const building = new Building(part);
    const instance = this.build(value, '', building);
    const failures: FieldError[] = [];
    this.check(instance, '', failures);
    if (building.errors.length === 0 && failures.length === 0) return { instance, errors: [] };
    const wrong = new Set(building.errors.map(({ path }) => path));
    const errors = [...building.errors, ...failures.filter(({ path }) => !wrong.has(path))];
    return { instance, errors: errors.slice(0, MAX_ERRORS) };
  }

  private build(value: Members, path: string, building: Building): object {
    const instance = new this.type() as Record<string, unknown>;
    let taken = 0;
    // Names that the class declares go in one by one, so that no name that a client makes up ever becomes a property.
    for (const [name, field] of this.fields) {
      if (!Object.hasOwn(value, name)) continue;
      taken++;
      instance[name] = this.member(field, value[name], { path, name, building });
    }
    if (Object.keys(value).length > taken) building.refuseUnknown(value, this.fields, path);
    return instance;
  }

  private member(field: DeclaredField, value: unknown, at: Place): unknown {
    const { nested, read, repeats } = field;
    if (nested !== undefined) return this.nested(field, value, at);
    if (at.building.part === 'query' && Array.isArray(value) && repeats !== true) {
      at.building.refuse(join(at.path, at.name), 'must be given only once');
    }
    return read === undefined ? value : read(value);
  }

  private nested({ nested, listOf }: DeclaredField, value: unknown, { path, name, building }: Place): unknown {
    const here = join(path, name);
    const one = (item: unknown, at: string): unknown =>
      nested !== undefined && isRecord(item) ? RequestClass.of(nested()).build(item, at, building) : item;
    if (listOf === undefined || !Array.isArray(value)) return one(value, here);
    if (value.length <= listOf) return value.map((item: unknown, index) => one(item, join(here, String(index))));
    building.refuse(here, `must have at most ${listOf} members`);
    return undefined;
  }

  /** The first rule that each member breaks. */
  private check(instance: object, path: string, failures: FieldError[]): void {
    for (const { name, isOptional, broken, isNested } of this.rules) {
      const value: unknown = instance[name as keyof object];
      if (isOptional && (value === undefined || value === null)) continue;
      const message = broken(value, instance);
      if (message !== null) failures.push({ path: join(path, name).slice(0, MAX_PATH), message });
      else if (isNested) this.checkNested(name, value, { path, failures });
    }
  }

  private checkNested(
    name: string,
    value: unknown,
    { path, failures }: { path: string; failures: FieldError[] },
  ): void {
    const nested = this.fields.get(name)?.nested;
    if (nested === undefined) throw new TypeError(`${this.type.name}.${name} declares no class of its objects`);
    const type = RequestClass.of(nested());
    const here = join(path, name);
    if (!Array.isArray(value)) return type.check(value as object, here, failures);
    value.forEach((item, index) => type.check(item as object, join(here, String(index)), failures));
  }
}

/** Where a member stands. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly building: Building;
}

/** What stands in a request that its class does not have. */
class Building {
  readonly errors: FieldError[] = [];

  constructor(readonly part: RequestPart) {}

  refuseUnknown(value: Members, fields: DeclaredFields, path: string): void {
    for (const name of Object.keys(value)) {
      if (fields.has(name)) continue;
      if (this.errors.length >= MAX_ERRORS) return;
      this.refuse(join(path, name.slice(0, MAX_SHOWN)), unknownMessage(this.part, [...fields.keys()]));
    }
  }

  refuse(path: string, message: string): void {
    if (this.errors.length < MAX_ERRORS) this.errors.push({ path, message });
  }
}

/** Says what is right beside what is wrong. */
export function unknownMessage(part: RequestPart, names: readonly string[]): string {
  const kind = part === 'body' ? 'member here' : 'parameter of this route';
  return names.length === 0 ? `is no ${kind}; there are none` : `is no ${kind}; there are ${names.join(', ')}`;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
