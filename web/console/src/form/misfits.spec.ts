import { placed } from './misfits.js';

const places = ['name', 'countries', 'then', 'then.0', 'then.0.of', 'then.0.of.skus', 'then.1', 'then.1.percent'];
const at = (path: string) => placed({ path, message: 'has to be right' }, places);

describe('what is wrong with a member', () => {
  it('is shown at the part of its name, whichever way the path is written', () => {
    expect(at('name')).toEqual({ place: 'name', text: ' has to be right' });
    expect([at('then[1].percent').place, at('then.1.percent').place]).toEqual(['then.1.percent', 'then.1.percent']);
    expect(at('then[0].of').place).toBe('then.0.of');
    expect(at('then').place).toBe('then');
  });

  it('is shown at the nearest part that holds it, which says where in it', () => {
    expect(at('countries[1]')).toEqual({ place: 'countries', text: ', number 2, has to be right' });
    expect(at('then.0.of.except')).toEqual({ place: 'then.0.of', text: ', except, has to be right' });
    expect(at('then.0.of.skus.2').place).toBe('then.0.of.skus');
  });

  it('is shown at the first part within it where there is none for the whole of it', () => {
    expect(placed({ path: 'price', message: 'must be money' }, ['sku', 'price.amount', 'price.currency']).place).toBe(
      'price.amount',
    );
  });

  it('is told by its path where no part has it', () => {
    expect(at('names')).toEqual({ place: null, text: 'names has to be right' });
    expect(at('')).toEqual({ place: null, text: 'has to be right' });
  });
});
