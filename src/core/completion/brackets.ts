/** The closing brackets in a text that close nothing opened in it, in order. A string is skipped if it ends on its line. */
export function strayClosers(text: string): string {
  const open: string[] = [];
  let stray = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (isQuote(char)) {
      const end = closingQuote(text, i);
      if (end < 0) continue;
      i = end;
    } else if (pairs[char] !== undefined) open.push(pairs[char]);
    else if (closers.includes(char)) {
      if (open.at(-1) === char) open.pop();
      else stray += char;
    }
  }
  return stray;
}

/** Whether a text holds an odd number of this quote: then it ends a string that was begun before it. */
export function endsString(text: string, quote: string): boolean {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) count++;
  }
  return count % 2 === 1;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const closers = ')]}';

function isQuote(char: string): boolean {
  return char === '"' || char === "'" || char === '`';
}

function closingQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i;
    else if (text[i] === '\n' && quote !== '`') return -1;
  }
  return -1;
}
