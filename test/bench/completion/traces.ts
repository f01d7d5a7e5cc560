import type { Op } from './editor.ts';

/** A file, what someone does in it, and what the model says at each place. */
export type Trace = {
  readonly name: string;
  readonly text: string;
  /** Whether Enter indents by itself; otherwise each line break in `ops` brings its indentation. */
  readonly autoIndent: boolean;
  readonly ops: readonly Op[];
  readonly answer: (prefix: string) => string;
  /** Milliseconds to the next key. */
  readonly gap: () => number;
};

/** A model that knows a body of text, and says something else where it errs. */
type Body = { readonly head: string; readonly body: string; readonly lies: readonly Lie[] };

/** From the character `from` of the body on, while less than `reach` characters of it are typed, the model says `text`. */
type Lie = { readonly from: number; readonly reach: number; readonly text: string };

/**
 * The trace that other clients were measured with: three functions of a rate limiter, typed steadily, with pauses at which a
 * suggestion is expected and two that are taken. Where the model errs it errs as a model does: other names, then the truth.
 */
export function limiterTrace(text: string): Trace {
  const weigh =
    'let total = 0;\n  for (const hit of hits) {\n    if (hit.at > now - width) total += hit.weight;\n  }\n  return total;';
  const bodies: readonly Body[] = [
    {
      head: 'export function prune(hits: Hit[], now: number, width: number): number {\n  ',
      body: 'let gone = 0;\n  while (gone < hits.length && hits[gone].at <= now - width) gone++;\n  hits.splice(0, gone);\n  return gone;',
      lies: [],
    },
    {
      head: 'export function windowWeight(hits: readonly Hit[], now: number, width: number): number {\n  ',
      body: weigh,
      lies: [
        {
          from: 0,
          reach: Infinity,
          text: 'let sum = 0;\n  for (const h of hits) {\n    sum += h.weight;\n  }\n  return sum;',
        },
        {
          from: 'let total = 0;\n  for (const '.length,
          reach: Infinity,
          text: 'h of hits) {\n    if (h.at > now - width) total += h.weight;\n  }\n  return total;',
        },
      ],
    },
    {
      head: '  check(key: string, count = 1): Decision {\n    ',
      body: 'let bucket = this.buckets.get(key);\n    if (!bucket) {\n      bucket = new TokenBucket(this.options.capacity, this.options.refillPerSecond, this.clock);\n      this.buckets.set(key, bucket);\n    }\n    const decision = bucket.take(count);\n    for (const handler of this.handlers) handler(key, decision);\n    return decision;',
      lies: [],
    },
  ];
  const [prune, weight, check] = bodies.map(({ head }) => ({ go: head }));
  if (!prune || !weight || !check) throw new Error('three bodies');
  return {
    name: 'limiter',
    text,
    autoIndent: true,
    gap: () => 120,
    answer: (prefix) => answerFrom(bodies, prefix),
    ops: [
      prune,
      { type: 'let go' },
      { pause: 1000, id: 'P1', expect: 'ne = 0;' },
      { type: 'ne = 0;\n' },
      { pause: 1000, id: 'P2', expect: 'while (gone < hits.length && hits[gone].at <= now - width) gone++;' },
      { type: 'while (gone' },
      { pause: 2000, id: 'P3', expect: '< hits.length && hits[gone].at <= now - width) gone++;' },
      { tab: 'T1' },
      { rest: 1500 },
      weight,
      { type: 'let ' },
      { pause: 1000, id: 'P4', expect: 'sum = 0;' },
      { type: 'total = 0;\n' },
      { pause: 1000, id: 'P5', expect: 'for (const hit of hits) {' },
      { type: 'for (const hit of hits) {\n' },
      { pause: 1000, id: 'P6', expect: 'if (hit.at > now - width) total += hit.weight;' },
      { type: 'if (hit.at > now' },
      { pause: 1000, id: 'P7', expect: '- width) total += hit.weight;' },
      check,
      { type: 'let bucket = this.' },
      { pause: 1000, id: 'P8', expect: 'buckets.get(key);' },
      { type: 'buckets.get(key);\n' },
      { pause: 2000, id: 'P9', expect: 'if (!bucket) {' },
      { tab: 'T2' },
      { rest: 1500 },
    ],
  };
}

/** What the model that knows these bodies says after a prefix. */
function answerFrom(bodies: readonly Body[], prefix: string): string {
  const found = bodies
    .map((body) => ({ body, at: prefix.lastIndexOf(body.head) }))
    .filter(({ at }) => at >= 0)
    .map(({ body, at }) => ({ body, at: at + body.head.length }))
    .sort((a, b) => b.at - a.at)[0];
  if (!found) return 'undefined;';
  const { body, lies } = found.body;
  const typed = prefix.slice(found.at);
  for (const lie of lies) {
    const whole = body.slice(0, lie.from) + lie.text;
    if (
      typed.length >= lie.from &&
      typed.length < lie.from + Math.min(lie.reach, lie.text.length) &&
      whole.startsWith(typed)
    )
      return whole.slice(typed.length);
  }
  if (!body.startsWith(typed)) return '';
  const next = lies.find((lie) => lie.reach !== Infinity && lie.from >= typed.length);
  return next ? body.slice(typed.length, next.from) + next.text : body.slice(typed.length);
}

/** How often a made-up typist pauses and a made-up model errs. */
export type Manner = { readonly errs: number; readonly pauses: number; readonly keyMs: number };

/**
 * A trace over a source file: some of its lines are taken out and typed again, in human rhythm, by someone with a model that
 * errs at the start of a word with a given chance and knows better once a few letters of the word are there.
 */
export function retypeTrace(
  name: string,
  source: string,
  { seed, ...manner }: Manner & { readonly seed: number },
): Trace {
  const random = randomFrom(seed);
  const lines = source.split('\n');
  const bodies: Body[] = [];
  const ops: Op[] = [];
  let text = source;
  for (const { from, to } of pickBlocks(lines, random)) {
    const lead = /^[ \t]*/.exec(lines[from] ?? '')?.[0] ?? '';
    const body = lines.slice(from, to).join('\n').slice(lead.length);
    const head = `${lines.slice(Math.max(0, from - 2), from).join('\n')}\n${lead}`;
    const at = text.indexOf(head + body);
    if (at < 0 || text.indexOf(head + body, at + 1) >= 0) continue;
    text = text.slice(0, at) + head + text.slice(at + head.length + body.length);
    bodies.push({ head, body, lies: makeLies(body, manner.errs, random) });
    ops.push({ go: head }, ...typingOf(body, { seed, ...manner }, random));
  }
  return {
    name: `${name} #${seed}`,
    text,
    autoIndent: false,
    ops,
    answer: (prefix) => answerFrom(bodies, prefix),
    gap: () => rhythm(manner.keyMs, random),
  };
}

/** Two blocks of five to ten lines inside of bodies, the lower one first. */
function pickBlocks(lines: readonly string[], random: () => number): readonly { from: number; to: number }[] {
  const starts = lines.flatMap((line, index) =>
    /[{]$/.test(lines[index - 1] ?? '') && /^\s+\S/.test(line) ? [index] : [],
  );
  const first = starts[Math.floor(random() * starts.length)] ?? 1;
  const second = starts[Math.floor(random() * starts.length)] ?? 1;
  const block = (from: number) => ({ from, to: Math.min(lines.length - 1, from + blockLength(lines, from)) });
  return [...new Set([first, second])].sort((a, b) => b - a).map(block);
}

function blockLength(lines: readonly string[], from: number): number {
  const width = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
  const base = width(lines[from] ?? '');
  const end = lines.findIndex((line, index) => index > from && line.trim() !== '' && width(line) < base);
  return Math.max(1, Math.min(10, (end < 0 ? lines.length : end) - from));
}

function makeLies(body: string, errs: number, random: () => number): readonly Lie[] {
  const wrong = ['value', 'result', 'options', 'entry', 'index', 'undefined', 'state'];
  return [...body.matchAll(/[A-Za-z_]{3,}/g)].flatMap((word) =>
    random() < errs
      ? [
          {
            from: word.index,
            reach: 1 + Math.floor(random() * 3),
            text: `${wrong[Math.floor(random() * wrong.length)] ?? ''}${[';', '.length;', '(x);', ' = 0;'][Math.floor(random() * 4)] ?? ''}\n`,
          },
        ]
      : [],
  );
}

function typingOf(body: string, manner: Manner & { readonly seed: number }, random: () => number): readonly Op[] {
  const ops: Op[] = [];
  let pauseId = 0;
  for (const piece of body.match(/\n[ \t]*|\w+|[^\w\n]+/g) ?? []) {
    ops.push({ type: piece });
    const chance = piece.startsWith('\n') ? manner.pauses * 4 : manner.pauses;
    if (random() < chance) ops.push({ pause: 700 + Math.floor(random() * 1300), id: `${manner.seed}.${++pauseId}` });
  }
  return ops;
}

function rhythm(keyMs: number, random: () => number): number {
  const spread = Math.exp(0.45 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  return Math.min(400, Math.max(35, keyMs * spread));
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 4294967296;
  };
}
