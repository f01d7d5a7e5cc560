export function restoreGate(source: string): string;
export function makeStrictCopy(from: string, to: string): Promise<void>;
