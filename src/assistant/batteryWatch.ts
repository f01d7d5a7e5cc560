/** After how long the machine is asked again, in milliseconds; until it answers, the old answer holds. */
const believedMs = 60_000;

/** Says at once whether the machine runs on its battery, as far as known: false until it was asked for the first time. */
export function createBatteryWatch({ ask, now }: { readonly ask: () => Promise<boolean>; readonly now: () => number }) {
  let known = false;
  let askedAt = -Infinity;
  return (): boolean => {
    if (now() - askedAt >= believedMs) {
      askedAt = now();
      ask().then(
        (answer) => (known = answer),
        () => (known = false),
      );
    }
    return known;
  };
}
