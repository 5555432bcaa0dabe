import { noUses } from '../shared/index.js';
import { given } from '../shared/test-support/index.js';
import { promotionAggregate, promotionDecider } from './index.js';
import type { ChangePromotion, PromotionCommand, PromotionDetails, PromotionStreamEvent } from './index.js';
import { BEFORE, BETWEEN, FROM, inJuly, promotionId, tenth, TO } from './test-support/promotions.js';

const promotion = given(promotionDecider);

const created = (details: PromotionDetails): PromotionStreamEvent => ({
  type: 'promotion.created.v1',
  data: { promotionId, ...details },
});
const changed = (details: PromotionDetails): PromotionStreamEvent => ({
  type: 'promotion.changed.v1',
  data: { promotionId, ...details },
});
const activated = ({ from, to }: PromotionDetails = {} as PromotionDetails): PromotionStreamEvent => ({
  type: 'promotion.activated.v1',
  data: { promotionId, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
});
const begun: PromotionStreamEvent = { type: 'promotion.begun.v1', data: { promotionId } };
const paused: PromotionStreamEvent = { type: 'promotion.paused.v1', data: { promotionId } };
const ended = (by: 'request' | 'window'): PromotionStreamEvent => ({
  type: 'promotion.ended.v1',
  data: { promotionId, by },
});

const create = (json: unknown): PromotionCommand => ({ type: 'create-promotion', promotionId, promotion: json });
const change = (changes: unknown, at = BETWEEN): ChangePromotion => ({ type: 'change-promotion', changes, at });
const activate = (at: string): PromotionCommand => ({ type: 'activate-promotion', at });
const follow = (at: string): PromotionCommand => ({ type: 'follow-window', at });
const pause: PromotionCommand = { type: 'pause-promotion' };
const end: PromotionCommand = { type: 'end-promotion' };

const draft = promotion.events(created(tenth));
const dated = promotion.events(created(inJuly));
const active = draft.events(activated(), begun);
const waiting = dated.events(activated(inJuly));
const running = waiting.events(begun);
const over = draft.events(ended('request'));

describe('a promotion', () => {
  it('begins as a draft, whose unsaid members are the usual ones', () => {
    promotion.when(create({ name: 'A tenth', then: tenth.then })).thenOnce(created(tenth));
    expect(draft.state()).toEqual({
      status: 'draft',
      promotionId,
      details: tenth,
      edition: 1,
      uses: noUses(),
      isUsedUp: false,
    });
  });

  it('is refused with everything that is wrong with it, and so is a change', () => {
    const errors = [
      { path: 'name', message: 'has to be a text of 1 to 200 characters' },
      { path: 'then', message: 'has to be a list with something in it' },
    ];
    const { detail } = promotion.when(create({ name: ' ', then: [] })).refused('PROMOTION.INVALID', { errors });
    expect(detail).toBe('The promotion is not valid: name has to be a text of 1 to 200 characters, and 1 more.');
    draft.when(change({ name: ' ', then: [] })).refused('PROMOTION.INVALID', { errors });
    const none = draft.when(change([])).refused('PROMOTION.INVALID');
    expect(none.detail).toBe('The promotion is not valid: it has to be an object.');
  });

  it('that nobody created takes no command', () => {
    for (const command of [change({}), activate(BETWEEN), pause, end])
      promotion.when(command).refused('PROMOTION.NOT_FOUND');
    promotion.when(follow(BETWEEN)).then();
  });

  it('is changed in the members that are given; null takes one away', () => {
    draft.when(change({ priority: 3 })).thenOnce(changed({ ...tenth, priority: 3 }));
    const described = { ...tenth, description: 'For you', limits: { uses: 5 } };
    const withText = promotion.events(created(described));
    withText.when(change({ description: null, limits: null })).thenOnce(changed(tenth));
    withText
      .when(change({ limits: { usesPerCustomer: 1 } }))
      .then(changed({ ...described, limits: { usesPerCustomer: 1 } }));
    draft.when(change({ name: 'A tenth', description: null })).then();
  });

  it('is in force once it is activated, where it has no window', () => {
    draft.when(activate(BETWEEN)).thenOnce(activated(), begun);
    expect(active.state()).toMatchObject({ status: 'active', inForce: true });
    expect(active.events(changed({ ...tenth, priority: 3 })).state()).toMatchObject({ inForce: true, edition: 4 });
  });

  it('is paused and activated again, as often as one likes', () => {
    active.when(pause).thenOnce(paused);
    active.events(paused).when(activate(BETWEEN)).thenOnce(activated(), begun);
    draft.when(pause).refused('PROMOTION.NOT_ACTIVE');
  });

  it('that has ended stays so', () => {
    for (const one of [draft, active, active.events(paused)]) one.when(end).thenOnce(ended('request'));
    for (const command of [change({ priority: 3 }), activate(BETWEEN), pause])
      over.when(command).refused('PROMOTION.ENDED');
    over.when(follow(TO)).then();
  });

  it('has a stream of its own', () => {
    expect(promotionAggregate).toMatchObject({ category: 'promotion', decider: promotionDecider });
  });
});

describe('the window of a promotion', () => {
  it('begins it at its time, and not before', () => {
    dated.when(activate(BEFORE)).thenOnce(activated(inJuly));
    expect(waiting.state()).toMatchObject({ status: 'active', inForce: false });
    waiting.when(follow(BEFORE)).then();
    waiting.when(follow(FROM)).thenOnce(begun);
    waiting.when(activate(BETWEEN)).thenOnce(begun);
  });

  it('ends it at its time, paused or not, and a draft not at all', () => {
    running.when(follow(BETWEEN)).then();
    running.when(follow(TO)).thenOnce(ended('window'));
    running.events(paused).when(follow(TO)).thenOnce(ended('window'));
    dated.when(follow(TO)).then();
  });

  it('is made up for in its order where nobody was there in time', () => {
    waiting.when(follow(TO)).thenOnce(begun, ended('window'));
    dated.when(activate(TO)).then(activated(inJuly), begun, ended('window'));
  });

  it('does not begin one that is paused, which begins when it is activated again', () => {
    const resting = waiting.events(paused);
    resting.when(follow(FROM)).then();
    resting.when(activate(BETWEEN)).then(activated(inJuly), begun);
    resting.when(activate(BEFORE)).then(activated(inJuly));
  });

  it('is moved by a change, with what that means by now', () => {
    const later = { ...inJuly, from: BETWEEN };
    running.when(change({ from: BETWEEN }, FROM)).thenOnce(changed(later));
    expect(running.events(changed(later)).state()).toMatchObject({ status: 'active', inForce: false });
    waiting.when(change({ from: BEFORE }, BEFORE)).thenOnce(changed({ ...inJuly, from: BEFORE }), begun);
    running.when(change({ from: null }, BETWEEN)).thenOnce(changed({ ...tenth, to: TO }), begun);
    running.when(change({ to: BETWEEN }, BETWEEN)).then(changed({ ...inJuly, to: BETWEEN }), ended('window'));
    running
      .events(paused)
      .when(change({ to: BETWEEN }, TO))
      .then(changed({ ...inJuly, to: BETWEEN }), ended('window'));
    dated.when(change({ to: BETWEEN }, TO)).then(changed({ ...inJuly, to: BETWEEN }));
  });
});
