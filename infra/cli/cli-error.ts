/** What a user can mend; told in one line, without a stack. */
export class CliError extends Error {}
