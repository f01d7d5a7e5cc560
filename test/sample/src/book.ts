/** A book on sale. Prices are whole cents. */
export interface Book {
  readonly isbn: string;
  readonly title: string;
  readonly cents: number;
}

/** Whether the check digit of an ISBN-13 is right. */
export function isIsbn13(isbn: string): boolean {
  const digits = isbn.replaceAll('-', '');
  if (!/^\d{13}$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
