import type { Finding } from './finding.ts';

/** Replaces finds by placeholders, and puts the originals back into an answer that names them. */
export type Placeholders = {
  /** The text with each find replaced by `⟨email-1⟩` and the like; equal originals get equal placeholders. */
  redact(text: string, findings: readonly Finding[]): string;
  /**
   * Restores what a piece of an answer says, in the order in which the pieces come. What may be the beginning of a
   * placeholder at the end of a piece is held back and given with the next one.
   */
  restore(piece: string): string;
  /** What is still held back when no more pieces come. */
  rest(): string;
};

/** `taken`: texts that will stand beside the redacted ones; their placeholders are not given out again. */
export function createPlaceholders(taken: readonly string[]): Placeholders {
  const originals = new Map<string, string>();
  const placeholders = new Map<string, string>();
  const counts = highest(taken);
  let held = '';
  return {
    redact(text, findings) {
      let at = 0;
      const pieces: string[] = [];
      for (const { start, end, kind, rule } of findings) {
        const original = text.slice(start, end);
        const key = `${rule} ${original}`;
        const placeholder = placeholders.get(key) ?? next(nameOf(kind, rule), counts);
        placeholders.set(key, placeholder);
        originals.set(placeholder, original);
        pieces.push(text.slice(at, start), placeholder);
        at = end;
      }
      return `${pieces.join('')}${text.slice(at)}`;
    },
    restore(piece) {
      const text = held + piece;
      const open = text.lastIndexOf('⟨');
      const tail = open === -1 ? '' : text.slice(open);
      held = tail !== '' && [...originals.keys()].some((key) => key !== tail && key.startsWith(tail)) ? tail : '';
      return text.slice(0, text.length - held.length).replaceAll(form, (name) => originals.get(name) ?? name);
    },
    rest() {
      const last = held;
      held = '';
      return last;
    },
  };
}

function next(name: string, counts: Map<string, number>): string {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return `⟨${name}-${count}⟩`;
}

function highest(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [, name = '', number = ''] of text.matchAll(form)) {
      counts.set(name, Math.max(counts.get(name) ?? 0, Number(number)));
    }
  }
  return counts;
}

function nameOf(kind: Finding['kind'], rule: string): string {
  if (kind === 'secret') return 'secret';
  if (kind === 'value') return 'value';
  return rule === 'email' || rule === 'iban' || rule === 'card' ? rule : 'id';
}

const form = /⟨(email|iban|card|id|secret|value)-(\d{1,6})⟩/g;
