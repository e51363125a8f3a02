import "./first.cjs";
