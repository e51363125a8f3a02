import { pair } from "./pairs.mjs";
