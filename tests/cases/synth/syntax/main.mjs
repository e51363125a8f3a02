import "./pair.mjs";
