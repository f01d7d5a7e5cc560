// A thin stand-in for the editor's API, for the few adapters whose logic is worth a test without an editor. It holds what
// those tests need and no more; anything missing is undefined, and the test that reaches for it fails loudly.

export * from './vscodeEditor.ts';
export { FilePermission, FileSystemError, FileType, RelativePattern, Uri } from './vscodeFiles.ts';
export { ConfigurationTarget } from './vscodeSettings.ts';
export { ProgressLocation, prompts, QuickPickItemKind } from './vscodePrompts.ts';

export const NotebookCellKind = { Markup: 1, Code: 2 } as const;

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
  isEqual(other: Position): boolean {
    return this.line === other.line && this.character === other.character;
  }
  translate(lines: number, characters: number): Position {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...ends: readonly [Position, Position] | readonly [number, number, number, number]) {
    const [start, end] = ends.length === 2 ? ends : [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])];
    this.start = start;
    this.end = end;
  }
}

export class Selection extends Range {
  readonly anchor: Position;
  readonly active: Position;
  readonly isEmpty: boolean;
  constructor(anchor: Position, active: Position) {
    super(anchor, active);
    this.anchor = anchor;
    this.active = active;
    this.isEmpty = anchor.isEqual(active);
  }
}
