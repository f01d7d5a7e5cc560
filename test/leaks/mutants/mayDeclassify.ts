/** Every rule lets the user decide. */
export function mayDeclassify(): boolean {
  return true;
}
