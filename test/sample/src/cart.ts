import type { Book } from './book.ts';

/** One line of a cart: a book and how many of it. */
export interface Line {
  readonly book: Book;
  readonly count: number;
}

/** Adds a book to a cart; a book that is there already is counted up. */
export function addBook(lines: readonly Line[], book: Book): readonly Line[] {
  const known = lines.find((line) => line.book.isbn === book.isbn);
  if (known === undefined) return [...lines, { book, count: 1 }];
  return lines.map((line) => (line === known ? { ...line, count: line.count + 1 } : line));
}

/** What the whole cart costs, in cents. */
export function totalCents(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.book.cents * line.count, 0);
}

/** How many books the cart holds. */
export function countBooks(lines: readonly Line[]): number {
  return 
}
