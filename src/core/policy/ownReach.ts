/** The word by which an exception names the file's own `reach` instead of a rule; no rule may be called so. */
export const ownReach = 'reach';
