import { keepDraft, takeDraft } from './kept-drafts.js';

describe('what was typed when somebody was signed out', () => {
  it('is handed back to them once, and to nobody else', () => {
    const draft = { subject: 'alice', base: { name: '' }, typed: { name: 'Tea' } };
    keepDraft('product TEA-1', draft);
    expect(takeDraft('product TEA-2', 'alice')).toBeUndefined();
    expect(takeDraft('product TEA-1', 'alice')).toEqual(draft);
    expect(takeDraft('product TEA-1', 'alice')).toBeUndefined();
    keepDraft('product TEA-1', draft);
    expect(takeDraft('product TEA-1', 'bob')).toBeUndefined();
  });
});
