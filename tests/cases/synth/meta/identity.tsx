export const identity = <T,>(value: T): T => value;
export const text = (value: unknown): string => <string>
  value;
