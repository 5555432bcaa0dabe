import type { Json, JsonObject } from '../../../../domain/shared/index.js';
import type { ColumnType } from './column-type.js';

/** A value as its column has it. */
export interface Fitted {
  readonly value: Json;
  /** What has no place in the column and is null there, by JSON Pointer; mostly nothing. */
  readonly misfits: Readonly<Record<string, Json>>;
}

/** Makes a value fit its column. A log may have what the code that reads it has no type for: that is kept among the misfits. */
export function fitValue(value: Json, type: ColumnType): Fitted {
  const fitter = new Fitter();
  return { value: fitter.fit(value, type, ''), misfits: fitter.misfits };
}

const TYPES = { text: 'string', number: 'number', boolean: 'boolean' };

class Fitter {
  readonly misfits: Record<string, Json> = {};

  /** @param at JSON Pointer of the value */
  fit(value: Json | undefined, type: ColumnType, at: string): Json {
    if (value === undefined || value === null) return null;
    switch (type.kind) {
      case 'json':
        return JSON.stringify(value);
      case 'list':
        return Array.isArray(value)
          ? value.map((item, index) => this.fit(item, type.item, `${at}/${index}`))
          : this.misfit(value, at);
      case 'struct':
        return isObject(value) ? this.fitMembers(value, type.members, at) : this.misfit(value, at);
      default:
        return typeof value === TYPES[type.kind] ? value : this.misfit(value, at);
    }
  }

  private fitMembers(value: JsonObject, members: ReadonlyMap<string, ColumnType>, at: string): JsonObject {
    const fitted: Record<string, Json> = {};
    for (const [name, member] of Object.entries(value)) {
      const type = members.get(name);
      const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (type === undefined) this.misfit(member ?? null, pointer);
      else fitted[name] = this.fit(member, type, pointer);
    }
    return fitted;
  }

  private misfit(value: Json, at: string): null {
    this.misfits[at] = value;
    return null;
  }
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && !Array.isArray(value);
