import { sagas } from '../../../sagas/index.js';
import { declaredTypes } from '../../event-store/upcasting/test-support/golden-files.js';
import { builtEventTypes } from './built-event-types.js';

describe('the event types of the build', () => {
  it('are those that contexts declare, and the steps of every saga', async () => {
    const steps = sagas.map(({ name }) => `saga.${name}.stepped.v1`);
    const declared = declaredTypes().map(({ type }) => type);
    expect(Object.keys(await builtEventTypes())).toEqual([...declared, ...steps].sort());
  });
});
