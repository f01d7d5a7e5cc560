import type { Resource } from './resource.ts';

/** Lines of a file, counted from zero; `end` is the first line no longer meant. */
export type LineRange = { readonly start: number; readonly end: number };

/** Where a text came from. The policy decides each kind; `unknown` never leaves the device. */
export type Provenance =
  | { readonly kind: 'file'; readonly resource: Resource; readonly range?: LineRange }
  | { readonly kind: 'untitled'; readonly uri: string }
  | { readonly kind: 'typed' }
  | { readonly kind: 'clipboard' }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'product' }
  | { readonly kind: 'unknown' };

/** What the user is told a text came from; paths only, never content. */
export function describeProvenance(provenance: Provenance): string {
  switch (provenance.kind) {
    case 'file':
      return provenance.resource.display;
    case 'untitled':
      return 'unsaved file';
    case 'typed':
      return 'text you typed';
    case 'clipboard':
      return 'clipboard';
    case 'terminal':
      return 'terminal';
    case 'tool':
      return `output of ${provenance.name}`;
    case 'product':
      return 'Ringfence instructions';
    case 'unknown':
      return 'text of unknown origin';
  }
}
