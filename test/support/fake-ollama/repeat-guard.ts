/** Says when the same token, white space aside, has come more than thirty times: the server then gives up silently. */
export function createRepeatGuard(): (token: string) => boolean {
  let last = '';
  let repeats = 0;
  return (token) => {
    const trimmed = token.trim();
    repeats = trimmed === last ? repeats + 1 : 0;
    last = trimmed;
    return repeats > 30;
  };
}
