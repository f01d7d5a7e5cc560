import { randomFrom } from './random.ts';
import { typedOf, type Stretch } from './stretches.ts';

/** What the model of a benchmark says. It knows what will be written, and errs as models do. */
export type Oracle = {
  /** The writer has come to this stretch. */
  readonly at: (stretch: number) => void;
  /** What it says after such a text before the cursor. */
  readonly answer: (prefix: string) => string;
};

/**
 * `errs` is the share of words at which it says something else until a few characters of the truth are typed. At every third
 * stretch it goes on with what stands behind the cursor already; on a slip of the finger it says nothing or something wrong.
 */
export function createOracle(stretches: readonly Stretch[], { errs, seed }: { errs: number; seed: number }): Oracle {
  const minds = stretches.map((stretch, index) => mindOf(stretch, errs, seed + index));
  let current = 0;
  return {
    at: (stretch) => (current = stretch),
    answer: (prefix) => {
      const mind = minds[current];
      const typed = mind && typedOf(mind, prefix);
      return mind && typed !== undefined ? say(mind, typed) : 'undefined;';
    },
  };
}

/** From the character `from` of the body on, while less than `reach` characters of it are typed, the model says `text`. */
type Lie = { readonly from: number; readonly reach: number; readonly text: string };
type Mind = { readonly head: string; readonly body: string; readonly tail: string; readonly lies: readonly Lie[] };

function mindOf({ head, body, after }: Stretch, errs: number, seed: number): Mind {
  const random = randomFrom(seed);
  const tail = random() < 0.33 ? after.split('\n').slice(0, 3).join('\n') : '';
  return { head, body, tail, lies: liesAbout(body, errs, random) };
}

function liesAbout(body: string, errs: number, random: () => number): readonly Lie[] {
  const words = ['value', 'result', 'options', 'entry', 'index', 'undefined', 'state'];
  const ends = [';', '.length;', '(x);', ' = 0;'];
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  return [...body.matchAll(/[A-Za-z_]{3,}/g)].flatMap((word) =>
    random() < errs
      ? [{ from: word.index, reach: 1 + Math.floor(random() * 3), text: `${pick(words)}${pick(ends)}\n` }]
      : [],
  );
}

function say({ body, tail, lies }: Mind, typed: string): string {
  if (!(body + tail).startsWith(typed)) return typed.length % 2 === 0 ? '' : 'null;\n';
  for (const lie of lies) {
    const whole = body.slice(0, lie.from) + lie.text;
    const believed = typed.length >= lie.from && typed.length < lie.from + Math.min(lie.reach, lie.text.length);
    if (believed && whole.startsWith(typed)) return whole.slice(typed.length);
  }
  // The first lie ahead is part of what it says: it does not know that it will be wrong.
  const ahead = lies.find(({ from }) => from > typed.length);
  return ahead ? body.slice(typed.length, ahead.from) + ahead.text : (body + tail).slice(typed.length);
}
