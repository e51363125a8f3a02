import { pairs } from "./pair.mjs";
