/** The Luhn check digit (ISO/IEC 7812-1 annex B) of payment cards; digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = Number(digits.charAt(at));
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** The check of an IBAN (ISO 13616): the four first characters go last, letters count from ten, and the rest by 97 is 1. */
export function passesIban(iban: string): boolean {
  return modulo(`${iban.slice(4)}${iban.slice(0, 4)}`, 97) === 1;
}

/** The remainder of a number of any length, letters read as 10 to 35. */
export function modulo(text: string, divisor: number): number {
  let rest = 0;
  for (const character of text) {
    for (const digit of String(parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % divisor;
  }
  return rest;
}

/** Sum of digits times weights. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0);
}

/** ISO/IEC 7064 MOD 11,10, the check digit of the German tax number. */
export function passesMod11Ten(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}
