// From a change to the keys that make it. Used by recordTyping.mjs only.

/**
 * The keys for hunks from the top of a text. An op is a text to type, or one of
 * `{go: [line, column]}` puts the cursor there, `{select: [line, column, line, column]}` selects and deletes,
 * `{back: n}` presses Backspace, `{paste: text}` inserts at once, `{pause: ms}` stops to look.
 * Lines and columns count from zero, as the text stands at that moment.
 */
export function keysFor(before, hunks, seed) {
  const random = randomFrom(seed);
  const lines = before.split('\n');
  const ops = [];
  let shift = 0;
  for (const hunk of hunks) {
    const at = hunk.line + shift;
    change(ops, { ...hunk, line: at, lines }, random);
    lines.splice(at, hunk.removed.length, ...hunk.inserted);
    shift += hunk.inserted.length - hunk.removed.length;
  }
  return joined(ops);
}

/** What a text becomes under such keys. */
export function play(before, ops) {
  let text = before;
  let cursor = 0;
  const offset = (line, column) =>
    text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + column;
  for (const op of ops) {
    const typed = typeof op === 'string' ? op : op.paste;
    if (typed !== undefined) {
      text = text.slice(0, cursor) + typed + text.slice(cursor);
      cursor += typed.length;
    } else if (op.back) {
      text = text.slice(0, cursor - op.back) + text.slice(cursor);
      cursor -= op.back;
    } else if (op.go) cursor = offset(...op.go);
    else if (op.select) {
      const [fromLine, fromColumn, toLine, toColumn] = op.select;
      const end = offset(toLine, toColumn);
      cursor = offset(fromLine, fromColumn);
      text = text.slice(0, cursor) + text.slice(end);
    }
  }
  return text;
}

const longestTyped = 24;
const longestBackspaced = 16;

function change(ops, { line, removed, inserted, lines }, random) {
  const pairs = removed.length === inserted.length && removed.every((old, at) => alike(old, inserted[at]));
  if (pairs) {
    for (const [at, old] of removed.entries()) withinLine(ops, { line: line + at, old, now: inserted[at] }, random);
  } else if (removed.length === 0) {
    insert(ops, { line, inserted, lines }, random);
  } else if (inserted.length === 0) {
    // The last line of a file has no line after it to pull up.
    const last = line + removed.length >= lines.length;
    if (last) ops.push({ select: [line - 1, lines[line - 1]?.length ?? 0, line + removed.length - 1, removed.at(-1).length] });
    else ops.push({ select: [line, 0, line + removed.length, 0] });
  } else {
    const lead = leadOf(inserted[0]);
    const kept = leadOf(removed[0]) === lead ? lead.length : 0;
    ops.push({ select: [line, kept, line + removed.length - 1, removed.at(-1).length] });
    write(ops, inserted.join('\n').slice(kept), random);
  }
}

/** New lines begin with Enter at the end of the line before them. */
function insert(ops, { line, inserted, lines }, random) {
  if (line === 0) {
    ops.push({ go: [0, 0] });
    const empty = lines.length === 1 && lines[0] === '';
    write(ops, `${inserted.join('\n')}${empty && inserted.at(-1) === '' ? '' : '\n'}`, random);
  } else {
    ops.push({ go: [line - 1, lines[line - 1].length] });
    write(ops, `\n${inserted.join('\n')}`, random);
  }
}

/** An edit in the middle of a line: words are replaced whole. */
function withinLine(ops, { line, old, now }, random) {
  let from = 0;
  while (from < old.length && from < now.length && old[from] === now[from]) from += 1;
  let tail = 0;
  while (tail < old.length - from && tail < now.length - from && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  while (from > 0 && /\w/.test(old[from - 1]) && /\w/.test(old[from] ?? now[from] ?? '')) from -= 1;
  while (tail > 0 && /\w/.test(old.at(-tail)) && /\w/.test(old.at(-tail - 1) ?? '')) tail -= 1;
  const end = old.length - tail;
  const gone = end - from;
  if (gone > longestBackspaced) ops.push({ select: [line, from, line, end] });
  else ops.push({ go: [line, end] }, ...(gone > 0 ? [{ back: gone }] : []));
  write(ops, now.slice(from, now.length - tail), random);
}

/** Types a text as people do: a look now and then, more often after Enter, and a slip that is mended at once. */
function write(ops, text, random) {
  if (text.split('\n').length > longestTyped) {
    ops.push({ paste: text });
    return;
  }
  for (const piece of text.match(/\n[ \t]*|\w+|[^\w\n]+/g) ?? []) {
    if (/^[a-z]{4,}$/i.test(piece) && random() < 0.02) {
      const at = 1 + Math.floor(random() * (piece.length - 2));
      const late = Math.min(piece.length - at, 1 + Math.floor(random() * 2));
      const wrong = (neighbours[piece[at].toLowerCase()] ?? 'x')[0];
      ops.push(piece.slice(0, at) + wrong + piece.slice(at + 1, at + late), { back: late }, piece.slice(at));
    } else ops.push(piece);
    if (random() < (piece.startsWith('\n') ? 0.25 : 0.04)) ops.push({ pause: 600 + 50 * Math.floor(random() * 24) });
  }
}

/** The key beside each key. */
const neighbours = {
  a: 's', b: 'v', c: 'x', d: 'f', e: 'r', f: 'g', g: 'h', h: 'j', i: 'o', j: 'k', k: 'l', l: 'k', m: 'n',
  n: 'm', o: 'p', p: 'o', q: 'w', r: 't', s: 'd', t: 'y', u: 'i', v: 'b', w: 'e', x: 'c', y: 'u', z: 'x',
};

/** Neighbouring texts become one. */
function joined(ops) {
  const out = [];
  for (const op of ops) {
    if (op === '') continue;
    if (typeof op === 'string' && typeof out.at(-1) === 'string') out[out.length - 1] += op;
    else out.push(op);
  }
  return out;
}

/** Whether a line is an edit of another rather than a new one. */
function alike(a, b) {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return head + tail >= 0.4 * Math.max(a.length, b.length);
}

function leadOf(line) {
  return /^[ \t]*/.exec(line)[0];
}

function randomFrom(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 4294967296;
  };
}
