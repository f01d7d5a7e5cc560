import { segmentMatch } from './globMatch.ts';
import { segmentKey, startLength, type SegmentKey } from './segmentKey.ts';

/** Where a path can stand among globs after some of its names: what the next name may be, and what matches already. */
export type GlobNode<T> = {
  /** Of the globs that end here. */
  readonly values: T[];
  /** Entered by way of `**`: the path may stay here whatever its next name. */
  readonly stays: boolean;
  /** What comes after a `**`, which may also stand for no name at all. */
  deep: GlobNode<T> | undefined;
  /** Next segments without wildcards and those with, by their key. */
  readonly steps: { readonly [kind in Exclude<SegmentKey['kind'], 'any'>]: Map<string, Step<T>[]> };
  /** Next segments without a key. */
  readonly others: Step<T>[];
  /** All of them again, as they are written. */
  readonly children: Map<string, GlobNode<T>>;
};

type Step<T> = { readonly matches: (name: string) => boolean; readonly next: GlobNode<T> };

/** Grows a tree whose ways from the root are the globs; those that begin alike share their beginning. */
export function growGlobs<T>(entries: readonly { readonly glob: string; readonly value: T }[]): GlobNode<T> {
  const root = newNode<T>(false);
  for (const { glob, value } of entries) {
    let node = root;
    for (const segment of segmentsOf(glob)) node = segment === '**' ? deepOf(node) : nextOf(node, segment);
    if (!node.values.includes(value)) node.values.push(value);
  }
  return root;
}

/** The nodes that the name leads to from there, each handed to `visit`, some perhaps more than once. */
export function follow<T>(node: GlobNode<T>, name: string, visit: (next: GlobNode<T>) => void): void {
  const { steps, others } = node;
  if (node.stays) visit(node);
  if (steps.name.size > 0) take(steps.name.get(name), name, visit);
  if (steps.start.size > 0) take(steps.start.get(name.slice(0, startLength)), name, visit);
  const dot = name.lastIndexOf('.');
  if (dot !== -1 && steps.ending.size > 0) take(steps.ending.get(name.slice(dot + 1)), name, visit);
  if (dot !== -1 && steps.piece.size > 0 && name.indexOf('.') !== dot)
    for (const piece of new Set(name.split('.').slice(1, -1))) take(steps.piece.get(piece), name, visit);
  take(others, name, visit);
}

function take<T>(steps: readonly Step<T>[] | undefined, name: string, visit: (next: GlobNode<T>) => void): void {
  if (steps) for (const { matches, next } of steps) if (matches(name)) visit(next);
}

/** At the end `**` stands for at least one name. */
function segmentsOf(glob: string): readonly string[] {
  const segments = glob.split('/');
  return segments.at(-1) === '**' ? [...segments, '*'] : segments;
}

function newNode<T>(stays: boolean): GlobNode<T> {
  const steps = { name: new Map(), start: new Map(), ending: new Map(), piece: new Map() };
  return { values: [], stays, deep: undefined, steps, others: [], children: new Map() };
}

/** Two `**` in a row say no more than one. */
function deepOf<T>(node: GlobNode<T>): GlobNode<T> {
  return node.stays ? node : (node.deep ??= newNode(true));
}

function nextOf<T>(node: GlobNode<T>, segment: string): GlobNode<T> {
  const known = node.children.get(segment);
  if (known) return known;
  const key = segmentKey(segment);
  const next = newNode<T>(false);
  stepsAt(node, key).push({ matches: key.whole ? always : segmentMatch(segment), next });
  node.children.set(segment, next);
  return next;
}

function stepsAt<T>(node: GlobNode<T>, { kind, text }: SegmentKey): Step<T>[] {
  if (kind === 'any') return node.others;
  const known = node.steps[kind].get(text);
  if (known) return known;
  const steps: Step<T>[] = [];
  node.steps[kind].set(text, steps);
  return steps;
}

function always(): boolean {
  return true;
}
