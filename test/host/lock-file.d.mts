export function lacksOptionalOnly(output: string, lockText: string): boolean;
export function matchesLock(root: string, lockText: string): Promise<boolean>;
