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
  return { value: fitter.fit(value, type), misfits: fitter.misfits };
}

const TYPES = { text: 'string', number: 'number', boolean: 'boolean' };

class Fitter {
  readonly misfits: Record<string, Json> = {};
  /** Where the value stands that is fitted: written out for misfits alone, as there are hardly any. */
  private readonly place: (string | number)[] = [];

  fit(value: Json | undefined, type: ColumnType): Json {
    if (value === undefined || value === null) return null;
    switch (type.kind) {
      case 'json':
        return JSON.stringify(value);
      case 'list':
        return Array.isArray(value) ? this.fitItems(value, type.item) : this.misfit(value);
      case 'struct':
        return isObject(value) ? this.fitMembers(value, type.members) : this.misfit(value);
      default:
        return typeof value === TYPES[type.kind] ? value : this.misfit(value);
    }
  }

  private fitItems(value: readonly Json[], type: ColumnType): readonly Json[] {
    return value.map((item, index) => {
      this.place.push(index);
      const fitted = this.fit(item, type);
      this.place.pop();
      return fitted;
    });
  }

  private fitMembers(value: JsonObject, members: ReadonlyMap<string, ColumnType>): JsonObject {
    const fitted: Record<string, Json> = {};
    for (const name of Object.keys(value)) {
      const type = members.get(name);
      this.place.push(name);
      if (type === undefined) this.misfit(value[name] ?? null);
      else fitted[name] = this.fit(value[name], type);
      this.place.pop();
    }
    return fitted;
  }

  private misfit(value: Json): null {
    const pointer = this.place.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    this.misfits[pointer] = value;
    return null;
  }
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && !Array.isArray(value);
