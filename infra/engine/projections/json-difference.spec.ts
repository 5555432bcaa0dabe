import type { JsonObject } from '../../../domain/shared/json.js';
import { jsonDifference } from './json-difference.js';

const json = (text: string) => JSON.parse(text) as JsonObject;

describe('the difference of two documents', () => {
  it('is none where only the order of members is another', () => {
    expect(jsonDifference(json('{"a":1,"b":{"c":[2]}}'), json('{"b":{"c":[2]},"a":1}'))).toBeNull();
  });

  it.each(['constructor', 'toString', '__proto__'])('is found where one alone has the member %s', (name) => {
    const [without, having] = [json('{"a":{}}'), json(`{"a":{"${name}":{}}}`)];
    expect(jsonDifference(without, having)).toEqual({ path: `/a/${name}`, other: '{}' });
    expect(jsonDifference(having, without)).toEqual({ path: `/a/${name}`, one: '{}' });
    expect(jsonDifference(having, json(`{"a":{"${name}":{}}}`))).toBeNull();
  });
});
