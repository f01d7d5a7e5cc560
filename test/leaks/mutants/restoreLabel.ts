import { productLabel, type Label } from '../../../src/core/label/labelled.ts';

export * from '../../../src/core/chat/restoreLabel.ts';

/** What was stored may go anywhere. */
export function restoreLabel(): Label {
  return productLabel;
}
