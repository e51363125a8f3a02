import "./ring.cjs";
export const word = "circle";
