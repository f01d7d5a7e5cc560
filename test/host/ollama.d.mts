export function describeOllama(url?: string): Promise<{ ready: boolean; words: string }>;
