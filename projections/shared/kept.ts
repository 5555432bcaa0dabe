/** What is shown, as a document that the fold changes in place. */
export type Kept<View> = { -readonly [Name in keyof View]: View[Name] };
