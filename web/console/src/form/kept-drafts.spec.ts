import { keepDraft, takeDraft } from './kept-drafts.js';

describe('what was typed when somebody was signed out', () => {
  it('is handed back to them once, and to nobody else', () => {
    keepDraft('product TEA-1', { subject: 'alice', typed: { name: 'Tea' } });
    expect(takeDraft('product TEA-2', 'alice')).toBeUndefined();
    expect(takeDraft('product TEA-1', 'alice')).toEqual({ name: 'Tea' });
    expect(takeDraft('product TEA-1', 'alice')).toBeUndefined();
    keepDraft('product TEA-1', { subject: 'alice', typed: {} });
    expect(takeDraft('product TEA-1', 'bob')).toBeUndefined();
  });
});
