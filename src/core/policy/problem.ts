/** What is wrong with a policy file, where, and what to do about it. */
export type PolicyProblem = {
  /** One or two sentences for the person who wrote the file. */
  readonly message: string;
  /** Both counted from one; a column is a UTF-16 unit. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly length: number;
};

/** A problem together with the file it stands in (URI or path). */
export type FileProblem = PolicyProblem & { readonly file: string };
