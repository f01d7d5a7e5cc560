/** The `fetch` that the guard binds to one approval. A backend has no other way to reach its server. */
export type BoundFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
