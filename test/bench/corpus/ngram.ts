import { worthReading } from '../../../src/core/embedded/surePart.ts';
import { scan } from '../../../src/core/embedded/scan.ts';

export type NgramBaseline = {
  readonly update: (uri: string, text: string) => void;
  readonly complete: (
    prefix: string,
    threshold: number,
  ) => { readonly text: string; readonly confidence: number; readonly wholeLine: boolean } | undefined;
};

/**
 * A plain n-gram model to compare with: counts of what follows the last four to one tokens, the longest context that was
 * ever seen decides (stupid back-off, factor 0.4), greedy to the end of the line. It reads the same tokens of the same
 * files, keeps up with every line, and offers under the same threshold and the same least length.
 */
export function createNgramBaseline(): NgramBaseline {
  const tables: Map<string, Map<string, number>>[] = Array.from({ length: order }, () => new Map());
  const lines = new Map<string, readonly string[]>();
  return {
    update(uri, text) {
      const old = lines.get(uri) ?? [];
      const now = text.split('\n').filter((line) => line.trim() !== '');
      let head = 0;
      while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
      let tail = 0;
      while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
      learn(tables, old, head, old.length - tail, -1);
      learn(tables, now, head, now.length - tail, 1);
      lines.set(uri, now);
    },
    complete: (prefix, threshold) => complete(tables, prefix, threshold),
  };
}

const order = 4;
const lineEnd = '\n';

function learn(
  tables: Map<string, Map<string, number>>[],
  lines: readonly string[],
  from: number,
  to: number,
  by: number,
): void {
  for (let at = from; at < to; at += 1) {
    const before = [...tokensOf(lines[at - 2] ?? ''), lineEnd, ...tokensOf(lines[at - 1] ?? ''), lineEnd];
    const own = [...tokensOf(lines[at] ?? ''), lineEnd];
    const row = [...before, ...own];
    for (let place = before.length; place < row.length; place += 1) {
      for (let size = 1; size <= order; size += 1) {
        const key = row
          .slice(Math.max(0, place - size), place)
          .map(bare)
          .join('\u0000');
        const table = tables[size - 1] ?? new Map<string, Map<string, number>>();
        const counts = table.get(key) ?? new Map<string, number>();
        table.set(key, counts);
        const token = row[place] ?? lineEnd;
        counts.set(token, (counts.get(token) ?? 0) + by);
      }
    }
  }
}

function complete(
  tables: readonly Map<string, Map<string, number>>[],
  prefix: string,
  threshold: number,
): { readonly text: string; readonly confidence: number; readonly wholeLine: boolean } | undefined {
  const partial = /[\w$]*$/.exec(prefix)?.[0] ?? '';
  const lines = prefix.slice(0, prefix.length - partial.length).split('\n');
  const own = lines.at(-1) ?? '';
  const filled = lines.slice(0, -1).filter((line) => line.trim() !== '');
  const row = filled.slice(-3).flatMap((line) => [...tokensOf(line), lineEnd]);
  row.push(...tokensOf(own));
  let text = '';
  let likely = 1;
  let best: { readonly text: string; readonly confidence: number; readonly wholeLine: boolean } | undefined;
  for (let step = 0; step < 40; step += 1) {
    const next = predict(tables, row, step === 0 ? partial : '');
    if (!next) break;
    likely *= next.share;
    if (likely < threshold) break;
    const ended = next.token === lineEnd;
    if (!ended) {
      const blanks = step === 0 && (partial !== '' || /^$|\s$/.test(own)) ? bare(next.token) : next.token;
      text += step === 0 ? blanks.slice(partial.length) : blanks;
      row.push(next.token);
    }
    if (worthReading(text, ended)) best = { text, confidence: likely, wholeLine: ended };
    if (ended) break;
  }
  return best;
}

function predict(
  tables: readonly Map<string, Map<string, number>>[],
  row: readonly string[],
  partial: string,
): { readonly token: string; readonly share: number } | undefined {
  for (let size = order, factor = 1; size >= 1; size -= 1, factor *= 0.4) {
    const counts = tables[size - 1]?.get(row.slice(-size).map(bare).join('\u0000'));
    const fitting = [...(counts ?? [])].filter(([token, count]) => count > 0 && bare(token).startsWith(partial));
    const total = fitting.reduce((sum, [, count]) => sum + count, 0);
    const [top] = fitting.sort((a, b) => b[1] - a[1]);
    if (top && total > 0) return { token: top[0], share: (factor * top[1]) / total };
  }
  return undefined;
}

/** Tokens with the blanks before them. */
function tokensOf(line: string): readonly string[] {
  const tokens: string[] = [];
  scan(line.trim(), 0, line.trim().length, (start, end, gap) =>
    tokens.push(' '.repeat(gap) + line.trim().slice(start, end)),
  );
  return tokens;
}

function bare(token: string): string {
  return token === lineEnd ? token : token.trimStart();
}
