import { dirname } from "path";
/* import.meta.url */
export const folder = dirname(new URL(import.meta.url).pathname);
export const text = `import.meta ${typeof import.meta.url}`;
