import { defaultPricingPolicy, namedPricingPolicies } from '../pricing/index.js';
import type { PricingPolicy } from '../pricing/index.js';
import { given } from '../shared/test-support/index.js';
import { pricingPolicyAggregate, pricingPolicyDecider, pricingPolicyView } from './index.js';
import type { PricingPolicyPutInForce, PutPricingPolicy } from './index.js';

const shop = given(pricingPolicyDecider);
const europe = namedPricingPolicies['eu-vat'] ?? defaultPricingPolicy;
const dearer: PricingPolicy = { ...europe, rounding: 'half-up' };

const put = (policy: unknown, source: PutPricingPolicy['source'] = 'request'): PutPricingPolicy => ({
  type: 'put-pricing-policy',
  policy,
  source,
});

function inForce(policy: PricingPolicy, source: PutPricingPolicy['source'] = 'request'): PricingPolicyPutInForce {
  const { hash } = pricingPolicyView({ policy, fileHash: null }, 0);
  return { type: 'pricing-policy.put-in-force.v1', data: { policyId: 'shop', policy, hash, source } };
}

describe('a pricing policy', () => {
  it('is the default until one is put in force', () => {
    expect(shop.state().policy).toBe(defaultPricingPolicy);
    expect(pricingPolicyView(shop.state(), -1)).not.toHaveProperty('version');
    shop.when(put(europe)).thenOnce(inForce(europe));
    const state = shop.events(inForce(europe)).state();
    expect(state.policy).toEqual(europe);
    expect(pricingPolicyView(state, 0)).toMatchObject({ name: 'eu-vat', hash: inForce(europe).data.hash, version: 0 });
  });

  it('that is in force already is not put in force again', () => {
    shop.when(put(defaultPricingPolicy)).then();
    shop.events(inForce(europe)).when(put(europe)).then();
    shop.events(inForce(europe), inForce(dearer)).when(put(europe)).then(inForce(europe));
  });

  it('is refused with everything that is wrong with it', () => {
    const both = shop.when(put({ ...europe, rounding: 'up', taxZones: 3 })).refused('PRICING_POLICY.INVALID', {
      errors: [
        { path: 'rounding', message: 'has to be one of half-even, half-up' },
        { path: 'taxZones', message: 'has to be a list' },
      ],
    });
    expect(both.detail).toBe(
      'The pricing policy cannot be put in force: rounding has to be one of half-even, half-up, and 1 more.',
    );
    const one = shop.when(put({ ...europe, taxZones: 3 })).refused('PRICING_POLICY.INVALID');
    expect(one.detail).toBe('The pricing policy cannot be put in force: taxZones has to be a list.');
    const none = shop.when(put(null)).refused('PRICING_POLICY.INVALID', {
      errors: [{ path: '', message: 'has to be an object' }],
    });
    expect(none.detail).toBe('The pricing policy cannot be put in force: it has to be an object.');
  });

  it('has a stream of its own', () => {
    expect(pricingPolicyAggregate).toMatchObject({ category: 'pricingpolicy', decider: pricingPolicyDecider });
  });
});

describe('a pricing policy of a file', () => {
  it('is put in force where the file is another than the one before', () => {
    shop.when(put(europe, 'file')).thenOnce(inForce(europe, 'file'));
    shop.events(inForce(europe, 'file')).when(put(dearer, 'file')).then(inForce(dearer, 'file'));
    shop.events(inForce(europe)).when(put(europe, 'file')).then(inForce(europe, 'file'));
  });

  it('does not take back what somebody asked for since', () => {
    shop.events(inForce(europe, 'file'), inForce(dearer)).when(put(europe, 'file')).then();
    shop.events(inForce(europe, 'file'), inForce(dearer)).when(put(dearer, 'file')).then(inForce(dearer, 'file'));
  });
});
