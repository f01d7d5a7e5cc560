import { productLabel, type Label } from '../../../src/core/label/labelled.ts';

export * from '../../../src/core/label/labelled.ts';

/** Where texts come from is forgotten: all of them may go anywhere. */
export function labelOf(): Label {
  return productLabel;
}

export function joinLabels(): Label {
  return productLabel;
}
