// Stands for a package that is not needed.
export {};
