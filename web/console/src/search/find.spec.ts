import { isOrderId } from './find.js';

describe('the search', () => {
  it('knows the id of an order', () => {
    expect(isOrderId('6fb778e8-13c0-83da-b208-eeb5e572c499')).toBe(true);
    expect(isOrderId('C4MA-H2G5-G4ZE-2')).toBe(false);
  });
});
