import { pair } from "./pair.mjs";

/* ä */ pair("logs", "logs");
