/**
 * A policy to begin with when the first thing that anybody wants of it is to keep a file near. It lets nothing go farther
 * than no policy at all does.
 */
export const keepPolicy = `{
  // What may leave this machine, and how far. Commit this file and review changes to it like code.
  "version": 1,

  // For files that no rule matches. Nothing goes to the cloud before this says "cloud".
  "reach": "perimeter",

  "rules": [],

  // Text without a file: what you type in the chat.
  "unlabelled": { "typed": "perimeter" }
}
`;
