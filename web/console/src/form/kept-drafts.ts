/** What was typed when its author was signed out, until they are back: a token runs out while somebody types. */
export interface KeptDraft {
  readonly subject: string;
  /** What the form began with, and what its author made of it. */
  readonly base: unknown;
  readonly typed: unknown;
}

const kept = new Map<string, KeptDraft>();

export const keepDraft = (form: string, draft: KeptDraft): void => void kept.set(form, draft);

/** Hands out once what somebody typed into a form; others never see it. */
export function takeDraft(form: string, subject: string | undefined): KeptDraft | undefined {
  const found = kept.get(form);
  kept.delete(form);
  return found?.subject === subject ? found : undefined;
}
