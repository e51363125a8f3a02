import "../other/x.mjs";
