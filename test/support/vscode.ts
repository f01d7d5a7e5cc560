// A thin stand-in for the editor's API, for the few adapters whose logic is worth a test without an editor. It holds what
// those tests need and no more; anything missing is undefined, and the test that reaches for it fails loudly.

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}
